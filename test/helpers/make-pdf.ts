export interface PdfText {
  readonly text: string;
  /** @default 12 */
  readonly size?: number;
  /** Space above, in lines. @default 1 */
  readonly gap?: number;
}

/** A PDF of one font with the lines of each page as its text layer. */
export function makePdf(pages: readonly (readonly PdfText[])[], info = ''): Buffer {
  const objects: string[] = [];
  const add = (content: string) => objects.push(content);
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  const parent = 2 + pages.length * 2;
  const kids = pages.map((lines) => {
    const content = textOf(lines);
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    return add(
      `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 612 792] /Contents ${stream} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
    );
  });
  add(`<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`);
  const catalog = add(`<< /Type /Catalog /Pages ${parent} 0 R >>`);
  const details = add(`<< ${info} >>`);
  let file = '%PDF-1.4\n';
  const offsets = objects.map((content, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${content}\nendobj\n`;
    return at;
  });
  const start = file.length;
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${details} 0 R >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}

function textOf(lines: readonly PdfText[]): string {
  const shown = lines.map(({ text, size = 12, gap = 1 }) => {
    const escaped = text.replace(/[()\\]/g, '\\$&');
    return `/F1 ${size} Tf 0 -${14 * gap} Td (${escaped}) Tj`;
  });
  return `BT 72 740 Td ${shown.join(' ')} ET`;
}
