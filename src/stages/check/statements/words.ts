/** Words that turn, weaken or explain a statement, English and Korean. Pure. */

/** Alternatives of words in English and in Korean. */
export const any = (english: string, korean: string) => new RegExp(`\\b(?:${english})\\b|${korean}`, 'giu');

/** Whole words of languages that write with accents, where `\\b` sees an end. */
const elsewhere = (words: string) => `(?<![\\p{L}])(?:${words})(?![\\p{L}])`;

/** Number of negations in a text. `not only` and `no fewer than` are none. */
export const NEGATION = any(
  "not(?! only| just| least)|n[o’']t|never|no(?!-| (?:fewer|less|more|longer than|later)\\b|\\.)|nobody|none|nothing|neither|nor|without|cannot|unable|fail(?:s|ed)? to|refus(?:es|ed)|declin(?:es|ed) to|hardly|unlikely",
  `않|(?<=\\s)안\\s|못하|못\\s|없[다었는어고을]|아니[다라었며]|아닌|결코|${elsewhere('nicht|kein(?:e[nmrs]?)?|niemals|weder|ohne|pas|jamais|aucune?|ningun[oa]?|ningún|nunca|nessun[oa]?|senza|não|nenhuma?|niet|geen|nooit')}|(?<!少|なければなら|なくてはなら|かもしれ)ない|なかっ|(?<!ま|必)ず(?=[、に])|ません|没有|没能|未(?!来)|不(?![仅但同断少过足错久再])`,
);
/** With its mark, and with the space that stands for it in comparable text. */
export const CONTRACTED = /\b\w+n[’' ]t\b/gi;

export function negations(text: string): number {
  return (text.match(NEGATION)?.length ?? 0) + (text.match(CONTRACTED)?.length ?? 0);
}

export const UP = any(
  'ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|ing|th)?|increas\\w+|climb\\w*|gain(?:s|ed|ing)?|soar\\w*|surg\\w+|jump(?:s|ed|ing)?|expand\\w*|went up|go(?:es|ing)? up|up from|doubl(?:ed|ing)|tripl(?:ed|ing)|rais(?:e|es|ed|ing)|improv\\w+|warm(?:ed|ing)|higher',
  `늘[어었린]|증가|상승|올[랐라린]|높아|급등|급증|확대|오[르른]|${elsewhere('stieg(?:en)?|gestiegen|steig(?:t|en)|wuchs(?:en)?|gewachsen|zunahme|zugenommen|zuwachs|erhöht(?:e|en)?|augment(?:e|é|ée|ent|ation)|hausse|progress(?:e|é|ion)|aument(?:a|ó|o|ou|ado|aron|aram|ato|ata)|subi(?:ó|do|eron|u)|creci(?:ó|do|eron|miento)|cresc(?:eu|iuto|iuta|imento)')}|増[えやし加]|増(?![\\p{L}])|上昇|伸び|拡大|增[长加]|上升|上涨`,
);
export const DOWN = any(
  'fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)(?! to\\b)|decreas\\w+|shr[aiu]nk\\w*|shrink\\w*|reduc\\w+|cut(?:s|ting)?|plung\\w+|slump\\w*|slip(?:s|ped|ping)?|dip(?:s|ped|ping)?|dwindl\\w+|tumbl\\w+|sank|slid|plummet\\w*|went down|go(?:es|ing)? down|down from|halv(?:ed|ing)|lower(?:ed|ing)?|worsen\\w*|cool(?:ed|ing)|shed',
  `줄[어었인]|감소|하락|내[렸린려]|떨어|낮아|급락|급감|축소|내리|${elsewhere('sanken?|gesunken|sink(?:t|en)|fiel(?:en)?|gefallen|rückgang|rückläufig|zurückgegangen|abgenommen|abnahme|verringert(?:e|en)?|baiss(?:e|é|ée|ent)|diminu(?:e|é|ée|tion|yó|ído|ito|iu)|disminu(?:yó|ido|ción|ye|yeron)|recul(?:e|é|ent)?|chut(?:e|é)|régress(?:e|é|ion)|baj(?:ó|ado|aron)|cay(?:ó|eron)|ca(?:ída|iu|íram)|cal(?:ato|ata|o)|reduj(?:o|eron)')}|減[っりらし少]|減(?![\\p{L}])|下落|縮小|低下|减少|下降|下跌`,
);
/** Something planned that has not happened. */
export const PLAN = any(
  "will|won[’']t|wouldn[’']t|shall|plan(?:s|ned|ning)? to|plans?|intend(?:s|ed)?|expect(?:s|ed)? to|set to|(?:is|are|was|were) due to(?! (?:the|an?|its|their|his|her|this|that|these|those|our|your|my|[a-z]+ing)\\b)|going to|would|propos(?:e|es|ed|al)|aim(?:s|ed)? to|hop(?:e|es|ed|ing) to|scheduled|forecast(?:s|ed)?|project(?:s|ed) to|target(?:s|ed)?|promis(?:e|es|ed)|schedul\\w+|upcoming|slated|next (?:year|month|week|spring|summer|autumn|winter|fall)|want(?:s|ed)? to|seek(?:s|ing)? to|about to",
  `예정|계획|할 것|(?<=할|될|일|칠|올|릴|열|낼|갈|볼|줄|을|날|설|들) 것(?:이다|으로)|방침|추진|전망|목표|겠다|기로|예상|내다봤|하려|려고|앞[두둔]|${elsewhere('soll(?:en|te)?|geplant|planen|beabsichtigt|prévoi[st]|prévu(?:e?s?)|envisage|planea[n]?|previsto|prevista|prevé[n]?|previst[oi]|pretende[m]?|van? a')}|予定|計画|見込み|目指|计划|预计|拟|力争`,
);
/** Something that is only possible, believed or claimed. */
export const HEDGE = any(
  'may(?! \\d)|might|could|perhaps|possibl[ey]|possibility|probabl[ey]|likely|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed|ing)?|thought to|believed?|reported(?:ly)?|alleged(?:ly)?|apparently|estimat\\w+|potential(?:ly)?|arguably|can(?![’\x27]t|not| (?:confirm|say|see|hear|be (?:seen|heard|found|read|viewed|bought|ordered))\\b)|tend(?:s|ed)? to|claim(?:s|ed)?|think(?:s)?|expect\\w*|should|unclear|uncertain|indicat\\w+|around|suspect\\w*|presum\\w+|if|whether',
  `듯|가능성|추정|수(?:도)? 있|보인다|보이|전해|알려|추측|아마|예상|전망|(?<![‘\x27"“])우려|것 같|주장|일지도|지도 모|${elsewhere('könn(?:te|ten)|dürfte[n]?|möglicherweise|vielleicht|voraussichtlich|vermutlich|pourrai(?:t|ent)|peut|peut-être|podrían?|puede|quizás?|tal vez|posiblemente|potrebbe(?:ro)?|forse|poderiam?|talvez')}|かもしれ|可能性|おそれ|可能|或许`,
);
export const CAUSE = any(
  'because|(?<!\\b(?:is|are|was|were) )due to|due to (?=the|an?|its|their|his|her|this|that|these|those|our|your|my)|caus(?:e|es|ed|ing)|led to|leads to|leading to|as a result|result(?:s|ed|ing)? (?:in|from)|thanks to|owing to|therefore|consequently|since(?= it| they| he| she| the\\b)|so that|which is why|driven by|blam(?:e|ed|es)|attribut\\w+|trigger\\w*|reasons?|why|thus|hence|for this|made',
  '때문|덕분|탓|인해|따라|이유|결과|원인|영향|비롯|힘입어|그래서|이어졌',
);

/** What has ended is no longer so. */
export const NO_LONGER = any('no longer|not any more|nicht mehr', '더 이상|더는');
export const ENDED = any(
  'drop(?:s|ped)|end(?:s|ed)|stop(?:s|ped)|remov(?:es|ed)|ceas(?:es|ed)|abolish(?:es|ed)|discontinued|withdr(?:ew|awn)|clos(?:es|ed)|quit|scrapped|cancel(?:s|led)|left|eingestellt|beendet',
  '중단|폐지|종료|철회|끊|없앴|그만',
);

/** Concludes from what is said, and names no cause. */
export const INFERS = any('thus|hence|therefore|so that makes', '따라서|그러므로');
/** Told as something that has happened. */
export const DONE = any(
  '(?:has|have|had|was|were|already|now|began|went|took|made|came|won|lost|gave|left|sold|bought|built|cut|set|put|led|held|met|paid|sent|spent)|[a-z]{2,}ed',
  `(?<=[가-힣])(?<=[았었였했됐났왔갔샀졌렸쳤켰췄꿨])(?:다|습니다|고|으며|지만)(?=[.,\\s]|$)|이미|벌써|${elsewhere('hat|haben|wurden?|ist|sind|bereits|a|ont|été|ha|han|fue|fueron|è|heeft|werd(?:en)?')}|(?:した|った|れた)(?=[。、]|$)|了(?=[。，])|已`,
);

/** Something held to be sure. */
export const CERTAIN = any(
  'certain(?:ly)?|definite(?:ly)?|undoubtedly|without (?:a )?doubt|surely|guarantee[sd]?|proven|bound to|inevitabl[ey]',
  `(?<!불)확실|확신|반드시|틀림없|분명히|${elsewhere('mit sicherheit|sicher|zweifellos|bestimmt|certainement|sans doute|à coup sûr|sin duda|con seguridad|seguramente|certamente|senza dubbio|com certeza|zeker')}|必ず|確実|間違いなく|一定会|必然|肯定`,
);

export function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  const found = pattern.test(text);
  pattern.lastIndex = 0; // a search for all matches begins there
  return found;
}
