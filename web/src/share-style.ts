// How the buttons look. A page changes it by custom properties and ::part().

const css = `
:host{display:block;--c:#1f2328;--b:#f3f4f6;--h:#e2e5e9;--l:#6b7280}
:host([hidden]),[hidden]{display:none!important}
ul{display:flex;flex-wrap:wrap;gap:var(--ds-share-gap,8px);list-style:none;margin:0;padding:0}
li{min-inline-size:0}
a,button,input{box-sizing:border-box;min-block-size:44px;min-inline-size:44px;max-inline-size:100%;
font:inherit;font-size:max(.875em,14px);line-height:1.2;text-decoration:none;
color:var(--ds-share-color,var(--c));background:var(--ds-share-background,var(--b));
border:1px solid var(--ds-share-border,var(--l));border-radius:var(--ds-share-radius,8px);padding:8px 12px}
a,button{display:inline-flex;align-items:center;justify-content:center;gap:8px;cursor:pointer}
a:hover,button:hover{background:var(--ds-share-hover,var(--h))}
:focus-visible{outline:3px solid var(--ds-share-focus,currentColor);outline-offset:2px}
[part=icon]{flex:none;display:grid;place-items:center;inline-size:24px;block-size:24px}
[part=icon]>*,[part=icon]:after{grid-area:1/1}
[part=icon]:after{content:attr(data-letters);font:700 9px/1 sans-serif}
svg{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
form{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin-block-start:8px}
p{margin:8px 0 0;overflow-wrap:anywhere}
p:empty{margin:0}
@media(prefers-color-scheme:dark){:host{--c:#f0f2f4;--b:#24282e;--h:#363c44;--l:#8b949e}}
@media(forced-colors:active){a,button{border-color:ButtonText}}`

let sheet: CSSStyleSheet | undefined

/** Gives a shadow root its style, in the one way that needs no 'unsafe-inline'. */
export function style(root: ShadowRoot): void {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
    }
    root.adoptedStyleSheets = [sheet]
  } catch {
    const element = document.createElement('style') // Safari before 16.4
    element.textContent = css
    root.append(element)
  }
}
