/// The style of a page of gates, behind that of every page.
enum GatePageStyle {
    static let text = #"""
        main { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 1.75rem; align-items: start; }
        aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; padding: 1rem 1.1rem;
          background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; box-shadow: var(--shadow);
          scrollbar-width: thin; }
        .bar { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .6rem 1.5rem;
          align-items: flex-end; padding: .7rem 0; background: var(--ground); border-bottom: 1px solid var(--line); }
        .label { display: block; margin-bottom: .2rem; color: var(--quiet); font-size: .75rem; letter-spacing: .02em; }
        .buttons { display: flex; flex-wrap: wrap; gap: .25rem; }
        button, select { min-height: 2.1rem; padding: .2rem .65rem; border: 1px solid var(--line);
          border-radius: .45rem;
          background: var(--sheet); color: var(--ink); font: inherit; font-size: .9rem; cursor: pointer; }
        button:hover, select:hover { border-color: var(--accent); }
        button[aria-pressed="true"] { background: var(--accent-ground); border-color: var(--accent); font-weight: 600; }
        select { font-variant-numeric: tabular-nums; max-width: 13rem; }
        .control.wide { flex-basis: 100%; }
        .legend { flex: 1 1 15rem; max-width: 26rem; font-size: .75rem; color: var(--quiet);
          font-variant-numeric: tabular-nums; }
        .legend i { display: block; height: .7rem; border: 1px solid var(--line); border-radius: .2rem; }
        .legend div { display: flex; justify-content: space-between; gap: .5rem; }
        .about { margin: .75rem 0 .5rem; min-height: 3em; }
        .about b { font-weight: 600; }
        .about .quiet { color: var(--quiet); }
        .charts { display: grid; grid-template-columns: 1fr; gap: .5rem; margin-bottom: .75rem; }
        figure { margin: 0; }
        figcaption { display: flex; justify-content: space-between; gap: 1rem; color: var(--quiet); font-size: .8rem; }
        .charts canvas { display: block; width: 100%; height: 5.25rem; background: var(--sheet); cursor: crosshair;
          border: 1px solid var(--line); border-radius: .45rem; }
        .text { max-height: 68vh; overflow: auto; resize: vertical; padding: 1rem 1.15rem; background: var(--sheet);
          border: 1px solid var(--line); border-radius: .75rem; box-shadow: var(--shadow);
          font: 15px/1.85 var(--mono); scrollbar-width: thin; }
        .line { white-space: break-spaces; overflow-wrap: anywhere; min-height: 1.85em; }
        .line span { padding-block: .3em; cursor: default; }
        .line .end, .cell .end { opacity: .6; padding-inline: .25em; }
        .line .tab { display: inline-block; min-width: 4ch; padding-block: 0; line-height: 1.6; }
        .code { display: inline-block; font-size: .68em; line-height: 1.5; letter-spacing: .02em; padding-inline: .2em;
          white-space: nowrap; border: 1px solid currentcolor;
          border-radius: .25em; unicode-bidi: isolate; }
        .unseen { text-decoration: underline dashed 1px; text-underline-offset: .25em; }
        .line .code { padding-block: 0; }
        .line span:hover { box-shadow: 0 0 0 1.5px var(--ink); }
        .line span.at { box-shadow: 0 0 0 2px var(--accent); border-radius: 2px; }
        .closeup { margin-top: 1.5rem; }
        .scroll { position: relative; overflow-x: auto; scrollbar-width: thin; padding-bottom: .25rem; }
        .closeup table { border-collapse: collapse; font-size: .85rem; }
        .closeup th[scope=row] { position: sticky; left: 0; z-index: 1; padding: 0 .75rem 0 0;
          background: var(--ground);
          text-align: start; font-weight: 400; white-space: nowrap; color: var(--quiet); }
        .closeup th[scope=row] button { width: 100%; min-height: 1.7rem; padding: 0 .5rem; border-color: transparent;
          background: none; text-align: start; color: inherit; }
        .closeup th[scope=row] button[aria-pressed="true"] { color: var(--ink); border-color: var(--accent); }
        .closeup td, .closeup thead th { min-width: 1.45rem; height: 1.75rem; padding: 0 .1rem; text-align: center;
          font: 14px/1 var(--mono); }
        .closeup thead th { font-weight: 400; white-space: pre; cursor: pointer; }
        .closeup .at { box-shadow: inset 0 0 0 2px var(--accent); }
        .closeup td { font-size: 9px; border: 1px solid var(--ground); font-variant-numeric: tabular-nums; }
        .card { position: fixed; z-index: 8; width: 19rem; max-width: calc(100vw - 1rem); padding: .75rem .85rem;
          pointer-events: none; background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem;
          box-shadow: var(--shadow), 0 12px 40px rgb(0 0 0 / .18); font-size: .82rem; }
        .card[hidden] { display: none; }
        .card .symbol { display: flex; gap: .6rem; align-items: baseline; margin-bottom: .35rem; }
        .card .symbol b { font: 600 1.25rem/1.3 var(--mono); }
        .card .symbol span { color: var(--quiet); overflow-wrap: anywhere; }
        .card dl { display: grid; grid-template-columns: auto 1fr 3.6em; gap: .1rem .6rem; margin: .25rem 0 .5rem;
          align-items: center; }
        .card dt { white-space: nowrap; color: var(--quiet); }
        .card dt.chosen { color: var(--ink); font-weight: 600; }
        .card dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; }
        .track { position: relative; height: .5rem; border-radius: .2rem; background: var(--line); overflow: hidden; }
        .track i { position: absolute; top: 0; bottom: 0; background: var(--trace); }
        .track.guess i { background: var(--surprise); }
        .card .glyph { font: 600 .95rem/1.2 var(--mono); color: var(--ink); }
        .card .right { text-decoration: underline 2px var(--surprise); text-underline-offset: .2em; }
        .group { margin: 1rem 0 .35rem; color: var(--quiet); font: 600 .78rem/1.3 var(--sans); }
        .feature { padding: .5rem 0; border-top: 1px solid var(--line); }
        .feature p { margin: 0 0 .35rem; color: var(--quiet); font-size: .78rem; line-height: 1.35; }
        .found { position: relative; display: grid; grid-template-columns: 1fr auto auto; gap: .75rem; width: 100%;
          margin-top: .2rem; overflow: hidden; text-align: start; min-height: 1.9rem; align-items: center;
          font-variant-numeric: tabular-nums; font-size: .84rem; }
        .found > * { position: relative; }
        .found > i { position: absolute; inset: 0 auto 0 0; background: var(--accent-ground); opacity: .75; }
        .found[aria-pressed="true"] { box-shadow: inset 3px 0 var(--accent); }
        .found span:last-child { white-space: nowrap; }
        .found small { color: var(--quiet); font-size: .75rem; }
        .statistics { margin-top: 2.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
        .layer { margin: 1.25rem 0 2rem; }
        .cards { display: grid; align-items: start; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
          gap: 1rem; margin-top: 1rem; }
        .panel { padding: .85rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; }
        .panel p { margin: .15rem 0 .5rem; color: var(--quiet); font-size: .78rem; line-height: 1.4; }
        .panel svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { fill: var(--quiet); font: 10px var(--sans); }
        svg .axis { stroke: var(--line); fill: none; }
        svg .dot { fill: var(--trace); opacity: .28; }
        svg .dot.here { opacity: .75; cursor: pointer; }
        svg .dot.chosen { fill: var(--surprise); opacity: 1; stroke: var(--sheet); stroke-width: 1.5; }
        svg .memory { fill: var(--trace); }
        footer { margin-top: 2rem; color: var(--quiet); font-size: .85rem; }
        kbd { padding: .05rem .35rem; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: .3rem;
          background: var(--sheet); font: .8rem var(--mono); }
        @media (max-width: 66rem) {
          main { grid-template-columns: minmax(0, 1fr); }
          aside { position: static; max-height: none; }
          .text { max-height: 60vh; }
        }
        @media (max-width: 40rem) {
          body { padding-top: 1rem; }
          .bar { position: static; }
          .facts { gap: .35rem 1.25rem; }
          .text { padding: .75rem; font-size: 14px; }
        }
        @media print { .bar, aside, footer { display: none; } main { display: block; } .text { max-height: none; } }
        """#
}
