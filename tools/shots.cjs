// Takes the pictures that shots.py asks for. A screen of shots.json:
//   name      file name without .png
//   login     persona; the password is the part before the @ (none: not logged in)
//   url       path below the server's address
//   lang      only in this language (none: in all)
//   wait      selector that shows that the screen is there
//   steps     [{"click": selector} | {"wait": selector} | {"fill": selector, "text": …}
//              | {"press": key} | {"hover": selector} | {"pause": milliseconds}]
//   clip      selector of the part to keep (none: the window), fullPage: true|false
//   viewport  {"width": 1440, "height": 900}
const fs = require("node:fs");
const path = require("node:path");
const {chromium} = require("playwright-core");

const job = JSON.parse(process.argv[2]);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const VIEWPORT = {width: 1440, height: 900};
const TIMEOUT = 30000;

function wanted(screen) {
  return (
    screen.name.includes(job.filter) && (!screen.lang || screen.lang === job.language)
  );
}

/** One session per persona, kept for all their screens. */
async function open(browser, sessions, login) {
  if (!sessions.has(login)) {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      locale: job.language.replace("_", "-"),
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(TIMEOUT);
    if (login) {
      const page = await context.newPage();
      await page.goto(`${job.base}/web/login`);
      await page.fill("input[name=login]", login);
      await page.fill("input[name=password]", login.split("@")[0]);
      await Promise.all([
        page.waitForURL((url) => !url.pathname.startsWith("/web/login")),
        page.press("input[name=password]", "Enter"),
      ]);
      await page.close();
    }
    sessions.set(login, context);
  }
  return sessions.get(login);
}

async function play(page, step) {
  if (step.click) await page.click(step.click);
  if (step.hover) await page.hover(step.hover);
  if (step.fill) await page.fill(step.fill, step.text);
  if (step.press) await page.keyboard.press(step.press);
  if (step.wait) await page.waitForSelector(step.wait);
  if (step.pause) await page.waitForTimeout(step.pause);
}

/** Odoo keeps a connection open, so quiet means: nothing loads and nothing is asked. */
async function settle(page) {
  await page.waitForLoadState("load");
  await page.waitForLoadState("networkidle", {timeout: 4000}).catch(() => null);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
}

async function shoot(context, screen) {
  const page = await context.newPage();
  try {
    await page.setViewportSize(screen.viewport || VIEWPORT);
    await page.goto(job.base + screen.url);
    if (screen.wait) await page.waitForSelector(screen.wait);
    await settle(page);
    for (const step of screen.steps || []) {
      await play(page, step);
      await settle(page);
    }
    const dialog = await page.$(".o_error_dialog");
    if (dialog) throw new Error(`error dialog: ${await dialog.innerText()}`);
    const options = {
      path: path.join(job.out, job.language, `${screen.name}.png`),
      animations: "disabled",
      caret: "hide",
    };
    if (screen.clip) await page.locator(screen.clip).first().screenshot(options);
    else await page.screenshot({...options, fullPage: Boolean(screen.fullPage)});
  } finally {
    await page.close();
  }
}

async function main() {
  const screens = JSON.parse(fs.readFileSync(job.table, "utf-8")).filter(wanted);
  fs.mkdirSync(path.join(job.out, job.language), {recursive: true});
  const browser = await chromium.launch({executablePath: job.chromium, args: FLAGS});
  const sessions = new Map();
  let failed = 0;
  for (const [index, screen] of screens.entries()) {
    const title = `${index + 1}/${screens.length} ${screen.name}`;
    try {
      const context = await open(browser, sessions, screen.login || "");
      await shoot(context, screen);
      console.log(`    ${title}`);
    } catch (error) {
      failed += 1;
      console.log(`    ${title} FAILED: ${error.message.split("\n")[0]}`);
    }
  }
  await browser.close();
  console.log(`    ${screens.length - failed} pictures, ${failed} failed`);
  process.exitCode = failed || !screens.length ? 1 : 0;
}

main();
