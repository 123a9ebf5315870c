/** The report's looks: light and dark, narrow and wide, on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1b1f24; --soft: #57606a; --line: #d8dee4; --ground: #ffffff; --raised: #f6f8fa;
  --calm: #1a7f37; --change: #0969da; --care: #8a5d00; --alarm: #c21c2c;
  --calm-ground: #e6f5ea; --change-ground: #e4f0fd; --care-ground: #fdf3d8; --alarm-ground: #fdecec;
  --tone-0: #0a5fb4; --tone-1: #0b7285; --tone-2: #6f42c1; --tone-3: #7a5200;
  --tone-4: #a61e6b; --tone-5: #57606a; --tone-6: #3b3f8f; --tone-7: #5a6b00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --soft: #9ba6b2; --line: #30373f; --ground: #0f1419; --raised: #171d24;
    --calm: #5bd07a; --change: #6cb2ff; --care: #e9bd55; --alarm: #ff8b8b;
    --calm-ground: #12261a; --change-ground: #11233a; --care-ground: #2a2210; --alarm-ground: #331a1c;
    --tone-0: #6cb2ff; --tone-1: #58c9d9; --tone-2: #c3a6ff; --tone-3: #e0b070;
    --tone-4: #ff9ed2; --tone-5: #b6c0cb; --tone-6: #a5abff; --tone-7: #c6d65a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main, footer { max-width: 74rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; font-weight: 650; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; display: inline; }
p { margin: .4rem 0; }
code { font: .875em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; overflow-x: auto; }
pre span { display: block; }
small { display: block; color: var(--soft); font-size: .8125rem; font-weight: 400; }
.kicker { color: var(--soft); font-size: .8125rem; margin: 0 0 .35rem; }
.banner { border: 1px solid var(--line); border-left: 6px solid; border-radius: 10px; padding: 1.25rem 1.5rem; margin: 0 0 1.25rem; }
.banner h2 { margin: 0 0 .5rem; }
.banner.calm { border-left-color: var(--calm); background: var(--calm-ground); }
.banner.change { border-left-color: var(--change); background: var(--change-ground); }
.banner.care { border-left-color: var(--care); background: var(--care-ground); }
.banner.alarm { border-left-color: var(--alarm); background: var(--alarm-ground); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem; margin: 0 0 1.25rem; }
.tiles div { border: 1px solid var(--line); border-radius: 10px; padding: .75rem 1rem; background: var(--raised); }
.tiles dt { color: var(--soft); font-size: .8125rem; }
.tiles dd { margin: 0; font-size: 1.75rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
.wide:focus-visible { outline: 2px solid var(--change); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .55rem .8rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--raised); color: var(--soft); font-size: .8125rem; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 550; min-width: 10rem; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.fields { min-width: 15rem; }
td dl { margin: 0; }
td dl div { display: grid; grid-template-columns: minmax(6rem, 2fr) 3fr; gap: 0 .75rem; }
td dl div + div { margin-top: .2rem; }
td dt { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
td dd { margin: 0; overflow-wrap: anywhere; }
del, ins { white-space: pre-wrap; border-radius: 4px; padding: 0 .25rem; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
del { background: var(--alarm-ground); text-decoration-color: var(--alarm); }
ins { background: var(--calm-ground); text-decoration: none; }
.cleared { color: var(--soft); font-style: italic; }
.pill { display: inline-block; border: 1px solid; border-radius: 999px; padding: 0 .6rem; font-size: .8125rem; white-space: nowrap; }
.pill.calm { color: var(--calm); background: var(--calm-ground); }
.pill.change { color: var(--change); background: var(--change-ground); }
.pill.care { color: var(--care); background: var(--care-ground); }
.pill.alarm { color: var(--alarm); background: var(--alarm-ground); }
.bar { display: block; margin: .45rem 0; }
.bar .whole { fill: var(--line); }
.bar.calm .used { fill: var(--change); }
.bar.alarm .used { fill: var(--alarm); }
figure { margin: 1rem 0 1.5rem; }
.chart { display: block; width: 100%; max-width: 48rem; margin: .4rem 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.chart rect { stroke: var(--ground); stroke-width: 2; }
.chart .whole { fill: var(--line); }
.chart text { fill: var(--ground); font-size: 14px; font-weight: 650; text-anchor: middle; dominant-baseline: central; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; font-size: .875rem; }
.legend strong { font-variant-numeric: tabular-nums; }
.failure { fill: var(--alarm); }
.tone-0 { fill: var(--tone-0); } .tone-1 { fill: var(--tone-1); } .tone-2 { fill: var(--tone-2); } .tone-3 { fill: var(--tone-3); }
.tone-4 { fill: var(--tone-4); } .tone-5 { fill: var(--tone-5); } .tone-6 { fill: var(--tone-6); } .tone-7 { fill: var(--tone-7); }
.script code { -webkit-user-select: all; user-select: all; overflow-wrap: normal; }
.script:focus-visible { outline: 2px solid var(--change); outline-offset: 2px; }
details { margin: .6rem 0; }
summary { cursor: pointer; padding: .35rem 0; }
.count { color: var(--soft); font-weight: 400; }
.more { color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { color: var(--soft); font-size: .8125rem; border-top: 1px solid var(--line); }
@media (max-width: 40rem) {
  main, footer { padding: 1rem; }
  h1 { font-size: 1.3rem; }
  .fields { min-width: 11rem; }
  td dl div { grid-template-columns: 1fr; }
  th, td { padding: .5rem .6rem; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 11px; }
  main, footer { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  .script code { white-space: pre-wrap; overflow-wrap: anywhere; }
  figure { break-inside: avoid; }
  tr, .banner, .tiles div { break-inside: avoid; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`
