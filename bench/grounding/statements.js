// Sentences made of true figures that are false as statements.
export const STATEMENTS = [];
export const STATEMENTS_KO = [];
