import { BloggerError } from '../../../core/errors.ts';
import { layOut, type PdfLine } from './pdf-layout.ts';
import type { ReadableText } from './readable-text.ts';

const MAX_PAGES = 500;
const MAX_CHARS = 2_000_000;

/** The text layer of a PDF as Markdown: title, author and date as front matter, paragraphs, and a mark where a page begins. */
export async function readPdf(body: Uint8Array): Promise<ReadableText> {
  const { getDocumentProxy } = await loadUnpdf();
  // A copy: pdf.js takes the buffer for itself.
  const document = await getDocumentProxy(new Uint8Array(body), {
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: 1,
  }).catch((error: unknown) => {
    throw pdfError(error);
  });
  try {
    const pages: PdfLine[][] = [];
    let chars = 0;
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES) && chars < MAX_CHARS; number += 1) {
      const page = await document.getPage(number);
      const lines = linesOf((await page.getTextContent()).items);
      chars += lines.reduce((sum, { text }) => sum + text.length, 0);
      pages.push(lines);
      page.cleanup();
    }
    if (chars === 0) throw noText();
    const { info } = await document.getMetadata();
    return { contentType: 'text/markdown', text: `${frontMatter(info, document.numPages)}${layOut(pages)}\n` };
  } catch (error) {
    throw BloggerError.is(error) ? error : pdfError(error);
  } finally {
    await document.destroy();
  }
}

async function loadUnpdf(): Promise<typeof import('unpdf')> {
  try {
    return await import('unpdf');
  } catch (cause) {
    throw new BloggerError('PDFs are read by an optional package that is not installed', {
      code: 'UNSUPPORTED_TYPE',
      hint: 'Run: npm install unpdf',
      cause,
    });
  }
}

type PdfDocument = Awaited<ReturnType<typeof import('unpdf')['getDocumentProxy']>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;
type Items = Awaited<ReturnType<PdfPage['getTextContent']>>['items'];

/** Pieces of text joined to lines; a piece with `hasEOL` ends one. */
function linesOf(items: Items): PdfLine[] {
  const lines: PdfLine[] = [];
  let text = '';
  let size = 0;
  let y = 0;
  const end = () => {
    const line = text.replace(/\s+/g, ' ').trim();
    if (line !== '') lines.push({ text: line, y, size });
    text = '';
    size = 0;
  };
  for (const item of items) {
    if (!('str' in item)) continue;
    if (text === '') y = Number(item.transform[5] ?? 0);
    text += item.str;
    size = Math.max(size, item.height);
    if (item.hasEOL) end();
  }
  end();
  return lines;
}

function frontMatter(info: object, pages: number): string {
  const value = (name: string): string => {
    const member: unknown = Reflect.get(info, name);
    return typeof member === 'string' ? member.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim() : '';
  };
  const date = /^D:(\d{4})(\d{2})(\d{2})/.exec(value('CreationDate'));
  const title = isFileName(value('Title')) ? '' : value('Title');
  const fields = [
    ...(title === '' ? [] : [`title: ${JSON.stringify(title)}`]),
    ...(value('Author') === '' ? [] : [`author: ${JSON.stringify(value('Author'))}`]),
    ...(date === null ? [] : [`date: ${date[1]}-${date[2]}-${date[3]}`]),
    `pages: ${pages}`,
  ];
  return `---\n${fields.join('\n')}\n---\n`;
}

/** Word processors put their file's name into the title. */
function isFileName(title: string): boolean {
  return /\.(?:docx?|odt|pdf|tex|indd|pptx?)$/i.test(title) || /^(?:untitled|microsoft word - )/i.test(title);
}

function noText(): BloggerError {
  return new BloggerError('The PDF has no text layer: its pages are pictures', {
    code: 'EXTRACT_FAILED',
    hint: 'Run it through OCR first (`ocrmypdf in.pdf out.pdf`), then name the result.',
  });
}

function pdfError(error: unknown): BloggerError {
  const message = error instanceof Error ? error.message : String(error);
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  return new BloggerError(isLocked ? 'The PDF is protected by a password' : `The PDF cannot be read: ${message}`, {
    code: 'EXTRACT_FAILED',
    hint: isLocked
      ? 'Save a copy without the password, then name it.'
      : 'Open it in a viewer; save it again if that works.',
    cause: error,
  });
}
