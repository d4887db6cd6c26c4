/** A line of Markdown as a reader sees it. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\]\((?:[^()]|\([^)]*\))*\)/g, '$1')
    .replace(/\[([^\]]*)\]\((?:[^()]|\([^)]*\))*\)/g, '$1')
    .replace(/<https?:[^>]*>|https?:\/\/[^\s)>\]]+/g, '')
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+)/, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~"'])/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[\s(])[*_](\S[^*_]*)[*_](?=$|[\s.,;:!?)])/g, '$1$2');
}
