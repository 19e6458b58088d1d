/*
 * The demonstration as a person meets it: a server and a replayer as processes of their own, two tabs in Chromium, and a
 * server that dies. Prints a line "ok <name>" or "FAIL <name>: <reason>" each; pictures go to the folder given.
 *
 * node demo.mjs <pictures> <data> <rounds of kill -9> <the gaesup command …>
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Program, endAll } from './processes.mjs';

const [pictures, data, rounds, ...gaesup] = process.argv.slice(2);
const QUAKES = 1707;
const PATIENCE = { polling: 50, timeout: 60_000 };
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const errors = [];
let dead = false;
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.GAESUP_CHROMIUM ?? '/usr/bin/chromium', args: flags,
});
try {
  let server = new Program(gaesup, 'serve', '--port', '0', '--data', data);
  const [url] = await server.said(/http:\/\/127\.0\.0\.1:\d+/);
  const replay = new Program(gaesup, 'demo', '--connect', url, '--speed', '3');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const first = await open(context, url);

  await test('thePageComesUnderAStrictPolicy', async () => {
    const policy = (await fetch(`${url}/demo/`)).headers.get('content-security-policy');
    check(policy?.includes("script-src 'self' 'wasm-unsafe-eval'"), policy);
    check(!policy.includes('unsafe-inline') && !policy.includes("'unsafe-eval'"), policy);
  });

  await test('bothFrameworksFollowOneStore', async () => {
    await until(first, () => rows('react') > 1000 && rows('react') === rows('vue'));
    const before = await first.evaluate(() => total('react'));
    await until(first, (n) => total('react') > n && total('react') === total('vue'), before);
  });

  await test('aTableOfAThousandRowsDrawsOnlyWhatOneSees', async () => {
    const [known, drawn] = await first.evaluate(() =>
      [Number(document.querySelector('table').ariaRowCount ?? document.querySelector('table').getAttribute('aria-rowcount')),
        document.querySelectorAll('tbody tr').length]);
    check(known > 1000, `${known} rows known`);
    check(drawn > 5 && drawn < 80, `${drawn} rows drawn`);
    await first.evaluate(() => document.querySelector('.table').scrollTo(0, 15_000));
    await until(first, () => [...document.querySelectorAll('tbody tr[aria-rowindex]')].some((row) => row.getAttribute('aria-rowindex') > 490));
    await first.evaluate(() => document.querySelector('.table').scrollTo(0, 0));
  });

  await test('everyControlHasAName', async () => {
    const nameless = await first.evaluate(() => [...document.querySelectorAll('button, input, [role=img], [tabindex]')]
      .filter((each) => !each.ariaLabel && !each.getAttribute('aria-label') && !each.labels?.[0]?.textContent.trim() && !each.textContent.trim())
      .map((each) => each.outerHTML));
    check(nameless.length === 0, nameless.join('\n'));
  });

  await test('theEssentialsFitTheScreen', async () => {
    const [width, height] = await first.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    check(width <= 1280 && height <= 800, `${width} x ${height}`);
  });

  const second = await open(context, url);

  await test('aClickInReactShowsInVueAndInAnotherTab', async () => {
    await first.click('[data-test=react-more]');
    await shows(first, 'vue-count', '1');
    await shows(second, 'react-count', '1');
    await shows(second, 'vue-count', '1');
  });

  await test('aClickInVueShowsInReactAndInAnotherTab', async () => {
    await second.click('[data-test=vue-more]');
    await second.click('[data-test=vue-more]');
    await second.click('[data-test=vue-less]');
    await shows(second, 'react-count', '2');
    await shows(first, 'react-count', '2');
  });

  await test('whatOneTypesInVueShowsInReactAndTheOtherWayRound', async () => {
    await first.locator('[data-test=vue-name]').pressSequentially('Ada');
    await holds(first, 'react-name', 'Ada');
    await holds(second, 'react-name', 'Ada');
    await second.locator('[data-test=react-note]').pressSequentially('from the second tab');
    await holds(second, 'vue-note', 'from the second tab');
    await holds(first, 'vue-note', 'from the second tab');
    await until(first, () => document.querySelector('#vue .by').textContent === 'last edit: React');
  });

  await test('theColourIsEverybodys', async () => {
    await first.click('#vue [data-colour=teal] input');
    for (const page of [first, second]) {
      await until(page, () => document.documentElement.dataset.accent === 'teal' && document.querySelector('#react [data-colour=teal] input').checked);
    }
    await second.click('#react [data-colour=coral] input');
    await until(first, () => document.documentElement.dataset.accent === 'coral');
  });

  await test('aRowChosenInVueIsTheOneReactTellsOf', async () => {
    await first.click('th.magnitude button');
    await first.focus('.table');
    await first.keyboard.press('ArrowDown');
    await until(first, () => document.querySelector('tr.chosen td.magnitude b').textContent === document.querySelector('#react .caption .magnitude').textContent);
    const place = await first.evaluate(() => document.querySelector('tr.chosen td.place').textContent);
    await until(second, (text) => document.querySelector('#react .caption .place').textContent === text, place);
    await first.keyboard.press('Escape');
    await first.click('th.time button');
  });

  await test('theHeadCountsTabsOperationsAndRoundTrips', async () => {
    await until(first, () => document.querySelector('#tabs b').textContent === '2');
    await until(first, () => figure('rate') > 0 && figure('revision') > 40 && /^[\d.]+ (ms|s)$/.test(document.getElementById('latency').textContent));
  });

  await test('aPointerOnTheMapIsSharedWhileItIsThere', async () => {
    const people = () => fetch(`${url}/api/stores/demo/people`).then((answer) => answer.json());
    const pointers = async () => Object.values(await people()).filter((person) => person.pointer).length;
    const box = await second.locator('.map').boundingBox();
    await second.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await eventually(async () => await pointers() === 1);
    const [{ pointer }] = Object.values(await people()).filter((person) => person.pointer);
    check(Math.abs(pointer.longitude - 150) < 2, `longitude ${pointer.longitude} in the middle of the map`);
    await second.mouse.move(box.x, box.y - 40);
    await eventually(async () => await pointers() === 0);
  });

  await test('itIsAPictureOfItself', async () => {
    await first.screenshot({ path: join(pictures, 'demo-1280x800-light.png') });
    await first.emulateMedia({ colorScheme: 'dark' });
    await first.screenshot({ path: join(pictures, 'demo-1280x800-dark.png') });
    await first.emulateMedia({ colorScheme: 'light' });
    const phone = await open(await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }), url);
    await until(phone, () => rows('react') > 1000);
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    check(width <= 390, `${width} pixels wide`);
    await phone.screenshot({ path: join(pictures, 'demo-390x844.png') });
    await phone.context().close();
    check(existsSync(join(pictures, 'demo-390x844.png')), 'no picture');
  });

  await test('theJavaScriptBuildShowsTheSame', async () => {
    const page = await open(context, url, '?engine=js');
    await until(page, () => rows('react') > 1000 && rows('vue') === rows('react'));
    await shows(page, 'vue-count', '2');
    await page.close();
  });

  let count = 2;
  for (let round = 1; round <= Number(rounds); round++) {
    await test(`aKilledServerLosesNothing-${round}`, async () => {
      await first.click('[data-test=react-more]');
      await until(first, () => figure('pending') === 0 && document.querySelector('[data-test=vue-count]').textContent !== '');
      const seen = await second.evaluate(() => total('vue'));
      dead = true;
      check(await server.end('SIGKILL') === 'SIGKILL', 'it died otherwise');
      await until(first, () => state() === 'reconnecting');
      await first.click('[data-test=vue-more]');
      await first.click('[data-test=react-more]');
      count += 3;
      await shows(first, 'react-count', String(count));
      await until(first, () => figure('pending') >= 2);
      server = new Program(gaesup, 'serve', '--port', new URL(url).port, '--data', data);
      await server.said(/http:\/\/127\.0\.0\.1:\d+/);
      for (const page of [first, second]) await until(page, () => state() === 'live');
      dead = false;
      await until(first, () => figure('pending') === 0);
      await shows(first, 'vue-count', String(count));
      await shows(second, 'react-count', String(count));
      await until(second, (n) => total('vue') > n, seen);
    });
  }

  await test('everyEventWasPlayedExactlyOnce', async () => {
    check((await replay.end()) !== 'SIGKILL', 'it had to be killed');
    const { replay: { lap, next }, total, magnitudes, count: stored } = await (await fetch(`${url}/api/stores/demo`)).json();
    const played = (lap - 1) * QUAKES + next;
    const sum = magnitudes.reduce((a, b) => a + b);
    check(total === played && sum === played, `played ${played}, counted ${total}, by magnitude ${sum}`);
    check(stored === count, `clicks ${count}, stored ${stored}`);
  });

  await test('ctrlCEndsItInOrderAndTakesTheTemporaryFolderAway', async () => {
    const demo = new Program(gaesup, 'demo', '--port', '0', '--no-open');
    const [, folder] = await demo.said(/data in (\S+), removed at the end/);
    const [page] = await demo.said(/http:\/\/\S+\/demo\//);
    await demo.said(/connected/);
    check((await fetch(page)).ok, 'no page');
    check(existsSync(folder), `no folder ${folder}`);
    await demo.end('SIGINT');
    check(/demo: ending/.test(demo.output), demo.output);
    check(!existsSync(folder), `${folder} is still there`);
  });

  await test('theConsoleStaysEmpty', () => check(errors.length === 0, errors.join('\n')));
} catch (error) {
  console.log(`FAIL demo: ${line(error)}`);
} finally {
  await browser.close();
  await endAll();
}

async function open(context, url, search = '') {
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    const expected = dead && /ERR_CONNECTION|WebSocket/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) errors.push(message.text());
  });
  await page.addInitScript(() => {
    const number = (text) => Number((text ?? '').replaceAll(/[^0-9.]/g, '') || NaN);
    const shown = (name) => document.querySelector(`[data-test=${name}]`)?.textContent;
    Object.assign(window, {
      rows: (side) => number(shown(`${side}-rows`)),
      total: (side) => number(shown(`${side}-total`)),
      figure: (id) => number(document.getElementById(id).textContent),
      state: () => document.getElementById('state').dataset.state,
    });
  });
  await page.goto(`${url}/demo/${search}`);
  await until(page, () => state() === 'live');
  return page;
}

function until(page, condition, argument) {
  return page.waitForFunction(condition, argument, PATIENCE).catch((error) => {
    throw new Error(`${error.message.split('\n')[0]} waiting for ${condition} ${argument ?? ''}`);
  });
}

/** Asks the server again and again, as quickly as it answers. */
async function eventually(condition) {
  const end = performance.now() + PATIENCE.timeout;
  while (!await condition()) check(performance.now() < end, `not within ${PATIENCE.timeout} ms: ${condition}`);
}

function shows(page, name, text) {
  return until(page, ([n, t]) => document.querySelector(`[data-test=${n}]`).textContent === t, [name, text]);
}

function holds(page, name, text) {
  return until(page, ([n, t]) => document.querySelector(`[data-test=${n}]`).value === t, [name, text]);
}

async function test(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}: ${line(error)}`);
  }
}

function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

function line(error) {
  return String(error.message ?? error).replaceAll('\n', ' ⏎ ');
}
