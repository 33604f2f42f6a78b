/** The whole look of the pages; light and dark by the reader's system, narrow screens get cards for rows. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --line: #e3e6ec; --text: #171b26; --quiet: #5c6577; --accent: #3350d8;
  --wash: #f0f2f7; --blue: #1d4fd7; --blue-wash: #e6edff; --violet: #6d34c9; --violet-wash: #f0e8ff;
  --green: #11693a; --green-wash: #def5e6; --grey: #525c6e; --grey-wash: #eaedf2; --red: #b3261e; --red-wash: #fde8e6;
  --amber: #8a4b00; --amber-wash: #fff0d6; --mark: #e9a23b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1117; --card: #161b24; --line: #2a3140; --text: #e8ebf2; --quiet: #98a2b6; --accent: #94a8ff;
    --wash: #1d2430; --blue: #9db8ff; --blue-wash: #1a2a52; --violet: #cbaaff; --violet-wash: #2e2150;
    --green: #7fdca4; --green-wash: #12351f; --grey: #b3bccd; --grey-wash: #262d3a; --red: #ffaba3; --red-wash: #46191a;
    --amber: #ffc979; --amber-wash: #3f2a0a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px; padding: 14px 28px; background: var(--card); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 650; font-size: 15px; color: var(--text); }
.brand svg { display: block; }
.top .end { margin-left: auto; display: flex; align-items: center; gap: 18px; font-size: 13px; color: var(--quiet); }
.live::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 50%; background: #2fb36a; }
.live.away::before { background: #d0433a; }
main { max-width: 1720px; margin: 0 auto; padding: 22px 28px 48px; }
h1 { margin: 0 0 14px; font-size: 22px; letter-spacing: -.01em; }
h2 { margin: 0 0 10px; font-size: 15px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 1px 2px rgb(10 20 50 / .04); }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; margin: 0 0 14px; padding: 0; list-style: none; }
.tabs a { display: inline-flex; gap: 8px; align-items: center; padding: 6px 12px; border-radius: 8px; color: var(--quiet); font-weight: 550; }
.tabs a:hover { background: var(--wash); text-decoration: none; }
.tabs a[aria-current] { background: var(--card); color: var(--text); box-shadow: 0 0 0 1px var(--line); }
.tabs b { min-width: 22px; padding: 0 7px; border-radius: 99px; background: var(--grey-wash); color: var(--grey); font-size: 12px; font-weight: 600; text-align: center; font-variant-numeric: tabular-nums; }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 18px; margin-bottom: 14px; }
.filter label { display: inline-flex; align-items: center; gap: 7px; }
input[type=search], input[type=text] { width: 320px; max-width: 100%; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
input[type=checkbox] { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
button { position: relative; padding: 5px 11px; border: 1px solid var(--line); border-radius: 7px; background: var(--card); color: var(--text); font: inherit; font-size: 13px; font-weight: 550; cursor: pointer; }
button:hover { border-color: var(--accent); color: var(--accent); }
button.main { padding: 8px 16px; border-color: transparent; background: var(--accent); color: var(--card); }
.scroll { position: relative; overflow-x: auto; border-radius: 12px; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 11px 12px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { padding-block: 10px; color: var(--quiet); font-size: 12px; font-weight: 600; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover { background: var(--wash); }
tbody th { font-weight: 400; }
tr.look > :first-child { box-shadow: inset 3px 0 var(--mark); }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.right { text-align: right; }
.sub { display: block; color: var(--quiet); font-size: 12.5px; }
.note { min-width: 210px; max-width: 440px; overflow-wrap: anywhere; }
.tags { display: flex; flex-wrap: wrap; gap: 4px; margin-bottom: 3px; }
.tag, .status { display: inline-block; padding: 2px 9px; border-radius: 99px; font-size: 12px; font-weight: 600; white-space: nowrap; }
.status { background: var(--grey-wash); color: var(--grey); }
.status.Unshipped { background: var(--blue-wash); color: var(--blue); }
.status.PartiallyShipped { background: var(--violet-wash); color: var(--violet); }
.status.Shipped { background: var(--green-wash); color: var(--green); }
.status.Canceled { background: var(--red-wash); color: var(--red); }
.tag { background: var(--amber-wash); color: var(--amber); }
.tag.held { background: var(--violet-wash); color: var(--violet); }
.actions { display: flex; gap: 6px; justify-content: flex-end; }
.pages { display: flex; gap: 16px; padding: 14px 4px; color: var(--quiet); }
.empty { padding: 56px 20px; text-align: center; color: var(--quiet); }
.said { margin: 0 0 14px; padding: 10px 16px; border-radius: 9px; background: var(--green-wash); color: var(--green); font-weight: 550; }
.said.refused { background: var(--red-wash); color: var(--red); }
.grid { display: grid; grid-template-columns: minmax(0, 2fr) minmax(280px, 1fr); gap: 18px; align-items: start; }
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 18px; }
.pad { padding: 18px 20px; }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; margin-bottom: 14px; }
.title h1 { margin: 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 7px 18px; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.alert { padding: 12px 16px; border-radius: 10px; background: var(--amber-wash); color: var(--amber); }
.alert b { display: block; }
.alert a { color: inherit; text-decoration: underline; }
#intake-alerts { display: grid; gap: 8px; }
#intake-alerts:not(:empty) { margin-bottom: 14px; }
.intake .title { justify-content: space-between; }
.intake .title h2, .intake p { margin: 0; }
.intake > .alert, .intake > .sub { margin-bottom: 14px; }
.intake > :last-child { margin-bottom: 0; }
h3 { margin: 20px 0 8px; font-size: 13.5px; }
.story { margin: 0; padding: 0; list-style: none; }
.story li { position: relative; padding: 0 0 14px 20px; border-left: 2px solid var(--line); margin-left: 5px; }
.story li:last-child { padding-bottom: 0; }
.story li::before { content: ""; position: absolute; left: -6px; top: 5px; width: 10px; height: 10px; border-radius: 50%; background: var(--card); border: 2px solid var(--accent); }
.act { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.act input[type=text] { flex: 1 1 180px; width: auto; }
select { padding: 7px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
.card:has(#order-actions:empty) { display: none; }
footer { padding: 0 28px 28px; color: var(--quiet); font-size: 12.5px; text-align: center; }
@media (max-width: 1560px) {
  main { padding-inline: 18px; }
  table { font-size: 13px; }
  th, td { padding-inline: 7px; }
  .note { min-width: 150px; }
}
@media (max-width: 900px) {
  .top, main { padding-inline: 14px; }
  .top .end { gap: 14px; }
  .tabs { flex-wrap: nowrap; overflow-x: auto; margin-inline: -14px; padding: 2px 14px; scrollbar-width: none; }
  .tabs a { white-space: nowrap; }
  .filter label:has([type=search]), .filter [type=search] { width: 100%; }
  .grid { grid-template-columns: minmax(0, 1fr); }
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list, .list tbody { display: block; }
  .list tr { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 10px 14px; padding: 14px 16px; border-bottom: 1px solid var(--line); }
  .list tr:last-child { border-bottom: 0; }
  .list tr.look { box-shadow: inset 3px 0 var(--mark); }
  .list tr > *, .list tr.look > :first-child { padding: 0; border: 0; box-shadow: none; text-align: left; }
  .list tr > .wide { grid-column: 1 / -1; }
  .list tr > :empty, .list .wide:has(.actions:empty) { display: none; }
  .list td[data-label]::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 12px; }
  .list .number { white-space: normal; overflow-wrap: anywhere; }
  .note { min-width: 0; max-width: none; }
  .actions { justify-content: flex-start; }
}
`;
