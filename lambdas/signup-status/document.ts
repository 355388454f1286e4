import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import { style } from './style.ts';

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing but this one style: no script, picture, frame, form or other host, whatever a name or a vendor's words hold. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const styleElement: Html = { markup: `<style>${style}</style>` };

/** A whole page. */
export const writeDocument = (title: string, content: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${styleElement}
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.markup;
