/** The look of a report: paper. One light ground (it is printed and mailed), one type family, numerals in columns. */
export const REPORT_STYLE = `
:root{color-scheme:light;--ink:#141d19;--ink-2:#43504a;--line:#d3d9d4;--sunken:#eef0ed;--danger:#a8200d}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1.5rem;background:#fff;color:var(--ink);font:400 14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.25rem 0 .4rem}
p,ul{margin:.3rem 0;max-width:48rem}.meta,.note{color:var(--ink-2)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0}caption{text-align:start;color:var(--ink-2);padding:.2rem 0}
th,td{padding:.2rem .7rem .2rem 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
th{font-weight:500}thead th{color:var(--ink-2);font-size:.85em}td.n,th.n{text-align:end}td.best{font-weight:700;text-decoration:underline;text-underline-offset:3px}td.negative{color:var(--danger);font-weight:600}
td.long{overflow-wrap:anywhere;max-width:22rem}
.mark{font-weight:700}.mark svg{vertical-align:middle;margin-inline-start:.4rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:.75rem}
.chart{width:100%;height:auto;border:1px solid var(--line)}.chart text{font-family:inherit;fill:var(--ink)}.chart .chart-title{font-size:12px;font-weight:600}.chart .tick{font-size:9.5px;fill:var(--ink-2)}.chart .end{font-size:11px;font-weight:700}
.chart .grid{stroke:#e4e8e4}.chart .zero{stroke:#43504a}
.matrices{display:flex;flex-wrap:wrap;gap:1rem 2rem}.matrix{font-size:12px}.matrix td,.matrix th{padding:.15rem .45rem;border:1px solid var(--line);text-align:end}.matrix th[scope=row],.matrix caption{text-align:start}
.matrix td{background:color-mix(in srgb,#0077bb calc(var(--share)*.55),#fff)}.matrix td.hit{outline:1.5px solid var(--ink-2);outline-offset:-2px}
pre{overflow:auto;max-height:24rem;padding:.6rem;background:var(--sunken);font-size:12px;line-height:1.4}
a{color:#0b57d0;overflow-wrap:anywhere}summary{cursor:pointer}
@media print{body{padding:0;max-width:none}pre{max-height:none;white-space:pre-wrap}h2{break-after:avoid}.chart,.matrix{break-inside:avoid}}
`;
