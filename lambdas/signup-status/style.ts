/** The page's whole style: readable on a phone, in the light and in the dark, printed too. Colours have a contrast of 4.5 to 1 or more. */
export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#f4f5f7,#14171c);--card:light-dark(#fff,#1d2127);--ink:light-dark(#1c2430,#e7eaee);
--soft:light-dark(#566070,#a3acb9);--line:light-dark(#dfe3e8,#323843);
--good:light-dark(#14683a,#6fd79b);--busy:light-dark(#1d55a8,#8fbcff);--stop:light-dark(#a32121,#ff9d94);
--look:light-dark(#7f4c00,#f2c063);--calm:light-dark(#566070,#a3acb9)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:42rem;margin:0 auto;padding:2.25rem 1rem 3rem}
h1{margin:0;font-size:1.6rem;line-height:1.25;letter-spacing:-.01em}
p{margin:.5rem 0}
.soft,dt,footer{color:var(--soft)}
section{margin:1.25rem 0;padding:1.1rem 1.25rem 1.2rem;background:var(--card);border:1px solid var(--line);border-left:5px solid var(--tone);border-radius:10px}
section header{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline;justify-content:space-between}
h2{margin:0;font-size:1.15rem}
.state{color:var(--tone);font-weight:650}
.state::before{content:"";display:inline-block;width:.6em;height:.6em;margin-right:.45em;border-radius:50%;background:var(--tone)}
.good{--tone:var(--good)}.busy{--tone:var(--busy)}.stop{--tone:var(--stop)}.look{--tone:var(--look)}.calm{--tone:var(--calm)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1rem 0 0;padding-top:.9rem;border-top:1px solid var(--line);font-size:.92rem}
dd{margin:0}
dd code{display:inline-block}
code{font:.88em ui-monospace,monospace}
footer{margin-top:1.75rem;font-size:.87rem}
@media(max-width:30rem){main{padding-top:1.4rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.55rem}}
`;
