// Drives a Chromium for Go tests: see internal/browsertest. It reads commands from
// stdin and answers on stdout, one line of JSON each:
//
//	{"id":1,"do":"open","tab":2,"url":"http://…"}  →  {"id":1,"result":…} or {"id":1,"error":"…"}
//
// Commands may overlap. Nothing here waits for time to pass, only for what the
// browser reports; where that does not come, patience ends it with an error. When
// stdin ends the browser is closed.
import { chromium } from 'playwright-core'
import { createInterface } from 'node:readline'

const patience = 30_000 // milliseconds

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: JSON.parse(process.env.CHROMIUM_ARGS),
  // Playwright turns the back-forward cache off, which visitors have.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
})

const profiles = new Map() // by number
const tabs = new Map()
const outside = new Map() // by number of a profile: what its pages asked other machines for
let last = 0

const isOutside = (url) => !['127.0.0.1', 'localhost'].includes(url.hostname)

/** Gives a new tab a number, collects what its pages complain of, and keeps track of what they ask for. */
function register(page) {
  const tab = { page, number: ++last, complaints: [], asking: new Set(), waiting: [] }
  const done = (request) => {
    tab.asking.delete(request)
    tab.waiting.forEach((look) => look())
  }
  page.on('request', (request) => tab.asking.add(request))
  page.on('requestfinished', done)
  page.on('requestfailed', done)
  page.on('framenavigated', (frame) => {
    // How a request ends that outlives its document is not reported.
    if (frame === page.mainFrame()) tab.asking.forEach((request) => request.isNavigationRequest() || done(request))
  })
  page.on('pageerror', (error) => tab.complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      tab.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    }
  })
  tabs.set(tab.number, tab)
}

const numberOf = (page) => [...tabs.values()].find((tab) => tab.page === page).number

/** Waits until no request for an address with path in it is under way. */
function answered(tab, path) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer for ${path}`)), patience)
    const look = () => {
      if ([...tab.asking].some((request) => request.url().includes(path))) return
      clearTimeout(late)
      tab.waiting = tab.waiting.filter((other) => other !== look)
      resolve()
    }
    tab.waiting.push(look)
    look()
  })
}

/** Does something that makes the tab show another document, and waits until it does. */
async function navigating(page, act) {
  const shown = page.waitForEvent('framenavigated', { predicate: (frame) => frame === page.mainFrame() })
  await Promise.all([shown, act()])
}

/** Goes through the history, as history.go does. page.goBack() does not return from the back-forward cache. */
const go = (page, by) =>
  navigating(page, () =>
    page.evaluate((by) => history.go(by), by).catch((error) => {
      // The document may be gone before it has answered.
      if (!/context was destroyed/.test(error.message)) throw error
    }),
  )

const commands = {
  async profile({ settings }) {
    const context = await browser.newContext({
      javaScriptEnabled: !settings.noScript,
      extraHTTPHeaders: settings.headers ?? {},
      ...(settings.userAgent && { userAgent: settings.userAgent }),
      ...(settings.language && { locale: settings.language }),
      ...(settings.dark && { colorScheme: 'dark' }),
      ...(settings.width && { viewport: { width: settings.width, height: 720 } }),
      ...(settings.clipboard && { permissions: ['clipboard-read', 'clipboard-write'] }),
    })
    context.setDefaultTimeout(patience)
    context.on('page', register)
    if (settings.before) await context.addInitScript(settings.before)
    const number = ++last // others are made while this one waits
    profiles.set(number, context)
    const asked = []
    outside.set(number, asked)
    if (settings.outside) {
      await context.route(isOutside, (route) => {
        asked.push(route.request().url())
        return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>outside</title>' })
      })
    }
    return number
  },
  outside: ({ profile }) => outside.get(profile),
  async closeProfile({ profile }) {
    await profiles.get(profile).close()
    profiles.delete(profile)
  },
  tab: async ({ profile }) => numberOf(await profiles.get(profile).newPage()),
  closeTab: ({ page }) => page.close(),
  open: async ({ page, url }) => void (await page.goto(url, { waitUntil: 'commit' })),
  follow: ({ page, selector }) => navigating(page, () => page.click(selector, { noWaitAfter: true })),
  async followToNewTab({ page, selector }) {
    const [opened] = await Promise.all([page.waitForEvent('popup'), page.click(selector, { noWaitAfter: true })])
    return numberOf(opened)
  },
  click: ({ page, selector }) => page.click(selector, { noWaitAfter: true }),
  hover: ({ page, selector }) => page.hover(selector),
  press: ({ page, selector }) => page.keyboard.press(selector),
  reload: async ({ page }) => void (await page.reload({ waitUntil: 'commit' })),
  go: ({ page, by }) => go(page, by),
  at: ({ page, url }) => page.waitForURL(url, { waitUntil: 'commit' }),
  answered: ({ tab, url }) => answered(tabs.get(tab), url),
  evaluate: ({ page, script }) => page.evaluate(script),
  complaints: ({ complaints }) => complaints,
}

async function answer(command) {
  try {
    const result = await commands[command.do]({ ...command, ...tabs.get(command.tab) })
    return { id: command.id, result: result ?? null }
  } catch (error) {
    return { id: command.id, error: error.message }
  }
}

console.log(JSON.stringify({ id: 0, result: browser.version() }))
for await (const line of createInterface({ input: process.stdin })) {
  answer(JSON.parse(line)).then((answered) => console.log(JSON.stringify(answered)))
}
await browser.close()
