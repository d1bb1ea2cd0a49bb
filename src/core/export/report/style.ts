/**
 * The look of a report: paper. One light ground (it is printed and mailed), one type family, numerals in
 * columns, rules above and below a table.
 */
export const REPORT_STYLE = `
:root{color-scheme:light;--ink:#141d19;--ink-2:#43504a;--line:#d3d9d4;--sunken:#eef0ed;--danger:#a8200d}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:2.5rem 2rem 4rem;background:#fff;color:var(--ink);font:400 14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-variant-numeric:tabular-nums}
header{margin-bottom:2rem;padding-bottom:1rem;border-bottom:2px solid var(--ink)}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.01em;margin:0 0 .35rem}h2{font-size:1.2rem;margin:2.75rem 0 .6rem}h3{font-size:1rem;margin:1.75rem 0 .4rem}
p,ul{margin:.35rem 0;max-width:50rem}li{margin:.2rem 0}.meta,.note{color:var(--ink-2)}.note{font-size:.93em}.answer{font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.9rem 0;border-top:1.5px solid var(--ink);border-bottom:1.5px solid var(--ink)}caption{text-align:start;color:var(--ink-2);padding:.2rem 0 .45rem;max-width:50rem}caption b{color:var(--ink)}
th,td{padding:.22rem .9rem .22rem 0;text-align:start;vertical-align:baseline}th:last-child,td:last-child{padding-inline-end:.2rem}
th{font-weight:500}thead th{font-size:.88em;font-weight:600;border-bottom:1px solid var(--ink);vertical-align:bottom}tr.group:not(:first-child)>*{border-top:1px solid var(--line)}
td.n,th.n{text-align:end;white-space:nowrap}th.n{white-space:normal}td.words{max-width:26rem;min-width:14rem}td.best{font-weight:700;text-decoration:underline;text-underline-offset:3px}
th small,td small{display:block;color:var(--ink-2);font-weight:400;font-size:.88em}td.date{white-space:nowrap}
td.long{overflow-wrap:anywhere;min-width:4rem;max-width:22rem}code,pre{font:.92em/1.4 ui-monospace,'Cascadia Mono','DejaVu Sans Mono',monospace}
.mark{font-weight:700;white-space:nowrap}.mark svg{vertical-align:middle;margin-inline-start:.4rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:.75rem;margin:.9rem 0 .5rem}
.chart{width:100%;height:auto}.chart text{font-family:inherit}.chart-title{fill:var(--ink)}.chart .chart-title{font-size:12px;font-weight:600}.chart .tick{font-size:9.5px;fill:var(--ink-2)}.chart .end{font-size:11px;font-weight:700}
.chart .grid{stroke:#e4e8e4}.chart .zero{stroke:#43504a}.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;max-width:none}
.matrices figure{margin:.9rem 0;border:0}.matrices .chart{width:260px}figcaption{color:var(--ink-2)}.matrices{display:flex;flex-wrap:wrap;gap:.25rem 2rem}.matrix{font-size:12px;border:0}.matrix td,.matrix th{padding:.15rem .45rem;border:1px solid var(--line);text-align:end}.matrix thead th{font-weight:500}.matrix th[scope=row],.matrix caption{text-align:start}
.matrix td{background:color-mix(in srgb,#0077bb calc(var(--share,0%)*.55),#fff)}.matrix td.hit{outline:1.5px solid var(--ink-2);outline-offset:-2px}
pre{overflow:auto;max-height:24rem;padding:.6rem;background:var(--sunken);font-size:12px}
.reproduce h3{margin:1rem 0 .1rem}.reproduce p{max-width:none;margin:0}
a{color:#0b57d0;overflow-wrap:anywhere}summary{cursor:pointer;color:var(--ink-2)}summary h3{display:inline-block;margin:.6rem 0;color:var(--ink)}
@media (max-width:40rem){body{padding:1.25rem 1rem 2rem}#runs td,#runs th{white-space:nowrap}caption{max-width:90vw}}
@media print{@page{margin:14mm}*{print-color-adjust:exact}body{padding:0;max-width:none;font-size:9.5pt}table{font-size:8.5pt}td.words{min-width:9rem}.scroll{overflow:visible}pre{max-height:none;white-space:pre-wrap}h2,h3,caption{break-after:avoid}tr,.chart,.matrix{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
`;
