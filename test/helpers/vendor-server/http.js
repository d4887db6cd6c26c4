export async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function sendJson(response, status, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendHtml(response, status) {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(
    `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>${status} Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`,
  );
}

/** What a vendor's tokenizer would roughly count: four ASCII characters a token, one Hangul or Han character a token. */
export function countTokens(text) {
  let quarters = 0;
  for (let index = 0; index < text.length; index += 1) quarters += text.charCodeAt(index) < 0x2e80 ? 1 : 3;
  return Math.ceil(quarters / 4);
}

/** Sends an answer and notes whether it left whole; `half` breaks off in the middle. */
export function deliver(response, entry, log, status, body, headers, half = false) {
  return new Promise((resolve) => {
    const text = JSON.stringify(body);
    response.on('close', () => {
      entry.delivered = response.writableFinished;
      log.close(entry);
      resolve();
    });
    entry.status = status;
    if (!half) {
      sendJson(response, status, text, headers);
      return;
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
  });
}
