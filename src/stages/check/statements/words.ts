/** Words that turn, weaken or explain a statement, English and Korean. Pure. */

const any = (english: string, korean: string) => new RegExp(`\\b(?:${english})\\b|${korean}`, 'giu');

/** How often a text says no. `not only` and `no fewer than` do not deny. */
const NEGATION = any(
  "not(?! only| just| least)|n[o’']t|never|no(?! (?:fewer|less|more|longer than|later)\\b|\\.)|nobody|none|nothing|neither|nor|without|cannot|unable|fail(?:s|ed)? to|refus(?:es|ed)|declin(?:es|ed) to|hardly|unlikely",
  '않|(?<=\\s)안\\s|못하|못\\s|없[다었는어고을]|아니[다라었며]|아닌|결코',
);
/** With its mark, and with the space that stands for it in comparable text. */
const CONTRACTED = /\b\w+n[’' ]t\b/gi;

export function negations(text: string): number {
  return (text.match(NEGATION)?.length ?? 0) + (text.match(CONTRACTED)?.length ?? 0);
}

export const UP = any(
  'ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|ing|th)?|increas\\w+|climb\\w*|gain(?:s|ed|ing)?|soar\\w*|surg\\w+|jump(?:s|ed|ing)?|expand\\w*|went up|go(?:es|ing)? up|up from|doubl(?:ed|ing)|tripl(?:ed|ing)|rais(?:e|es|ed|ing)|improv\\w+|warm(?:ed|ing)|higher',
  '늘[어었린]|증가|상승|올[랐라린]|높아|급등|급증|확대|오[르른]',
);
export const DOWN = any(
  'fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)(?! to\\b)|decreas\\w+|shr[aiu]nk\\w*|shrink\\w*|reduc\\w+|cut(?:s|ting)?|plung\\w+|slump\\w*|sank|slid|plummet\\w*|went down|go(?:es|ing)? down|down from|halv(?:ed|ing)|lower(?:ed|ing)?|worsen\\w*|cool(?:ed|ing)|shed',
  '줄[어었인]|감소|하락|내[렸린려]|떨어|낮아|급락|급감|축소|내리',
);
/** Something that is to happen and has not. */
export const PLAN = any(
  "will|won[’']t|wouldn[’']t|shall|plan(?:s|ned|ning)? to|plans?|intend(?:s|ed)?|expect(?:s|ed)? to|set to|(?:is|are|was|were) due to(?! (?:the|an?|its|their|his|her|this|that|these|those|our|your|my|[a-z]+ing)\\b)|going to|would|propos(?:e|es|ed|al)|aim(?:s|ed)? to|hop(?:e|es|ed|ing) to|scheduled|forecast(?:s|ed)?|project(?:s|ed) to|target(?:s|ed)?|promis(?:e|es|ed)|schedul\\w+|upcoming|slated|next (?:year|month|week|spring|summer|autumn|winter|fall)|want(?:s|ed)? to|seek(?:s|ing)? to|about to",
  '예정|계획|할 것|(?<=할|될|일|칠|올|릴|열|낼|갈|볼|줄|을|날|설|들) 것(?:이다|으로)|방침|추진|전망|목표|겠다|기로|예상|내다봤|하려|려고|앞[두둔]',
);
/** Something that is only possible, believed or claimed. */
export const HEDGE = any(
  'may(?! \\d)|might|could|perhaps|possibl[ey]|possibility|probabl[ey]|likely|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed|ing)?|thought to|believed?|reported(?:ly)?|alleged(?:ly)?|apparently|estimat\\w+|potential(?:ly)?|arguably|can(?![’\x27]t|not)|tend(?:s|ed)? to|claim(?:s|ed)?|think(?:s)?|expect\\w*|should|unclear|uncertain|indicat\\w+|around|suspect\\w*|presum\\w+|if|whether',
  '듯|가능성|추정|수(?:도)? 있|보인다|보이|전해|알려|추측|아마|예상|전망|우려|것 같|주장|일지도|지도 모',
);
export const CAUSE = any(
  'because|(?<!\\b(?:is|are|was|were) )due to|due to (?=the|an?|its|their|his|her|this|that|these|those|our|your|my)|caus(?:e|es|ed|ing)|led to|leads to|leading to|as a result|result(?:s|ed|ing)? (?:in|from)|thanks to|owing to|therefore|consequently|since(?= it| they| he| she| the\\b)|so that|which is why|driven by|blam(?:e|ed|es)|attribut\\w+|trigger\\w*|reasons?|why|thus|hence|for this|made',
  '때문|덕분|탓|인해|따라|이유|결과|원인|영향|비롯|힘입어|그래서|이어졌',
);

export function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
