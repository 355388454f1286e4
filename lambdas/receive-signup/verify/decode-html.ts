const named: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);
const numbered: ReadonlyMap<number, string> = new Map(
  ['"', "'", '<', '>', '&'].map((text) => [text.charCodeAt(0), text]),
);

/**
 * WordPress's `wp_specialchars_decode( $text, ENT_QUOTES )`: the five special characters of HTML, by name, decimal or hexadecimal number,
 * once. WooCommerce signs with its secret after this (`WC_Webhook::generate_signature`).
 */
export function decodeHtml(text: string): string {
  return text.replaceAll(
    /&(?:(quot|lt|gt|amp)|#0*(\d{2})|#[xX]0*([\da-fA-F]{2}));/g,
    (entity, name, decimal, hexadecimal) => {
      if (typeof name === 'string') return named.get(name) ?? entity;
      const code = typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16);
      return numbered.get(code) ?? entity;
    },
  );
}
