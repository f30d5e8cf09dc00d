import { createHash } from 'node:crypto';

/** The looks of all pages: a phone's width and dark mode included, nothing loaded from anywhere. */
export const style = `
:root{color-scheme:light dark;--ink:#1b2429;--soft:#5a6870;--line:#d5dde1;--paper:#fff;--shade:#f3f6f7;--link:#0b5f8a;--bad:#a32020;--good:#1d6b35}
@media(prefers-color-scheme:dark){:root{--ink:#e4eaed;--soft:#9fb0b8;--line:#38454c;--paper:#14191c;--shade:#1d2529;--link:#7cc4ec;--bad:#ff9c94;--good:#8bd6a0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{max-width:64rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline;padding-top:1rem;padding-bottom:.6rem;border-bottom:1px solid var(--line)}
header .service{font-weight:600;margin-right:auto}
a{color:var(--link)}
header a,td a,th a{text-decoration:none}header a:hover,td a:hover{text-decoration:underline}
h1{font-size:1.6rem;line-height:1.25;margin:1.4rem 0 .4rem}
h2{font-size:1.15rem;margin:1.8rem 0 .5rem}
.lead{margin:.2rem 0 1rem;color:var(--soft);max-width:46rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600;font-size:.85rem}
td code{white-space:nowrap}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) minmax(0,1fr);gap:.25rem 1rem;margin:.3rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
dd>dl{border-left:2px solid var(--line);padding-left:.75rem}
ul{margin:.3rem 0;padding-left:1.2rem}.links{list-style:none;padding:0}
code,pre{font:.9em/1.45 ui-monospace,monospace}
pre{background:var(--shade);padding:.8rem;overflow:auto;border-radius:4px;max-height:28rem}
small,.none{color:var(--soft)}
.status{font-weight:600}.failed,.problem h1{color:var(--bad)}.successful{color:var(--good)}
progress{width:6rem;vertical-align:middle}
footer{margin-top:2.5rem;padding-top:.8rem;padding-bottom:2rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
input,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.3rem .6rem}
summary{cursor:pointer}
@media(max-width:40rem){.wide{display:none}dl{grid-template-columns:1fr}dt{margin-top:.4rem}dd>dl{padding-left:.5rem}h1{font-size:1.35rem}}
`;

const digest = createHash('sha256').update(style).digest('base64');

/** Content Security Policy of the pages: nothing but this very style sheet, and forms of the service itself. */
export const policy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
