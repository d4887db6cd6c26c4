/** A line of Markdown as a reader sees it. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!\[([^\][]{0,500})\]\((?:[^()]|\([^()]{0,200}\)){0,1000}\)/g, '$1')
    .replace(/\[([^\][]{0,500})\]\((?:[^()]|\([^()]{0,200}\)){0,1000}\)/g, '$1')
    .replace(/<https?:[^<>]{0,2000}>|https?:\/\/[^\s)>\]]+/g, '')
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+)/, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~"'])/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[\s(])[*_](\S[^*_]{0,1000})[*_](?=$|[\s.,;:!?)])/g, '$1$2');
}
