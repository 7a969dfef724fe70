/// What the style of every page has: colours on a light or a dark ground, letters, facts.
package enum PageStyle {
    package static let text = #"""
        :root {
          color-scheme: light dark;
          --ground: #fbfaf8; --sheet: #ffffff; --ink: #16181d; --quiet: #575d69; --line: #dcdad4; --accent: #1f6fb2;
          --accent-ground: #e3eff9; --shadow: 0 1px 2px rgb(20 22 26 / .06), 0 8px 24px rgb(20 22 26 / .06);
          --surprise: #b83a7b; --trace: #1f5f9e; --band: rgb(224 138 46 / .30); --view: rgb(31 111 178 / .13);
          --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", Georgia, serif;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono",
            "Noto Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #101216; --sheet: #17191e; --ink: #eceef2; --quiet: #a3aab8; --line: #2e323b; --accent: #79bdf3;
            --accent-ground: #1a3148; --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .35);
            --surprise: #e07bb4; --trace: #7cbcf0; --band: rgb(224 138 46 / .34); --view: rgb(121 189 243 / .16);
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 7rem; }
        body { margin: 0 auto; padding: 1.5rem clamp(.9rem, 2.5vw, 2.5rem) 3rem; max-width: 100rem;
          background: var(--ground); color: var(--ink); font: 16px/1.5 var(--sans); }
        h1 { margin: 0 0 .75rem; font: 600 clamp(1.7rem, 1.2rem + 2vw, 2.5rem)/1.15 var(--serif);
          letter-spacing: -.01em; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .35rem; font: 600 1.25rem/1.3 var(--serif); }
        h3 { margin: 0; font: 600 .95rem/1.35 var(--sans); }
        p { margin: 0 0 .75rem; }
        .hint, .left-out { color: var(--quiet); font-size: .875rem; max-width: 62rem; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; z-index: 9; padding: .4rem .8rem; background: var(--sheet); }
        .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .facts { display: flex; flex-wrap: wrap; gap: .35rem 2rem; margin: 0 0 .75rem; }
        .facts div { min-width: 0; }
        .facts dt { color: var(--quiet); font-size: .75rem; letter-spacing: .02em; }
        .facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        """#
}
