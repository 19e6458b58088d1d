// React and Vue on one store, in a page.
import { store } from '@gaesup/state';
import { useValue } from '@gaesup/state/react';
import { useValue as useVueValue } from '@gaesup/state/vue';
import { StrictMode, createElement as h, memo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, effectScope, h as vueH, nextTick, watchEffect } from 'vue';
import { equal, is } from './expect.js';

/** React's and Vue's updates of this turn are on the page. */
async function settled() {
  await nextTick();
  await new Promise((done) => setTimeout(done));
  await new Promise((done) => requestAnimationFrame(done));
}

function place() {
  return document.body.appendChild(document.createElement('div'));
}

function mountReact(component) {
  const at = place();
  const root = createRoot(at);
  root.render(h(StrictMode, null, h(component)));
  return { at, unmount: () => root.unmount() };
}

function mountVue(component) {
  const at = place();
  const app = createApp(component);
  app.mount(at);
  return { at, unmount: () => app.unmount() };
}

const cases = {
  async bothFollowOneStoreAndEitherChangesIt() {
    const count = store('shared', { count: 1 }).at('/count');
    const react = mountReact(() => h('button', { onClick: () => count.add(1) }, `react ${useValue(count)}`));
    const vue = mountVue({
      setup() {
        const value = useVueValue(count);
        return () => vueH('button', { onClick: () => (value.value += 10) }, `vue ${value.value}`);
      },
    });
    await settled();
    equal([react.at.textContent, vue.at.textContent], ['react 1', 'vue 1']);
    react.at.querySelector('button').click();
    await settled();
    equal([react.at.textContent, vue.at.textContent], ['react 2', 'vue 2']);
    vue.at.querySelector('button').click();
    await settled();
    equal([react.at.textContent, vue.at.textContent], ['react 12', 'vue 12']);
    count.set(0);
    await settled();
    equal([react.at.textContent, vue.at.textContent], ['react 0', 'vue 0']);
    react.unmount();
    vue.unmount();
  },

  async aRowThatDidNotChangeDoesNotRenderAgain() {
    const rows = store('rows', { rows: [{ n: 'a' }, { n: 'b' }, { n: 'c' }] }).at('/rows');
    const rendered = [];
    const Row = memo(({ row }) => {
      rendered.push(row.n);
      return h('li', null, row.n);
    });
    const at = place();
    const root = createRoot(at);
    const List = () => h('ul', null, useValue(rows).map((row, i) => h(Row, { row, key: i })));
    root.render(h(List));
    await settled();
    equal(rendered.splice(0), ['a', 'b', 'c']);
    rows.store.at('/rows/1/n').set('B');
    await settled();
    equal(rendered.splice(0), ['B']);
    rows.insert('-', { n: 'd' });
    await settled();
    equal(rendered.splice(0), ['d']);
    is(at.textContent, 'aBcd');
    root.unmount();
  },

  async twoValuesOfOneBatchAreNeverSeenApart() {
    const pair = store('pair', { left: 0, right: 0 });
    const seen = [];
    const react = mountReact(() => {
      const [left, right] = [useValue(pair.at('/left')), useValue(pair.at('/right'))];
      seen.push(`react ${left} ${right}`);
      return null;
    });
    const vue = mountVue({
      setup() {
        const [left, right] = [useVueValue(pair.at('/left')), useVueValue(pair.at('/right'))];
        return () => {
          seen.push(`vue ${left.value} ${right.value}`);
          return null;
        };
      },
    });
    for (let i = 1; i <= 5; i++) {
      await settled();
      pair.batch(() => {
        pair.at('/left').set(i);
        pair.at('/right').set(i);
      });
    }
    await settled();
    const torn = seen.filter((each) => each.split(' ')[1] !== each.split(' ')[2]);
    equal(torn, []);
    is(seen.includes('react 5 5') && seen.includes('vue 5 5'), true, 'the last values rendered');
    react.unmount();
    vue.unmount();
  },

  async nothingRendersAfterUnmount() {
    const count = store('unmounted', { n: 0 }).at('/n');
    const renders = { react: 0, vue: 0, scope: 0 };
    const react = mountReact(() => {
      renders.react++;
      return h('i', null, useValue(count));
    });
    const vue = mountVue({
      setup() {
        const value = useVueValue(count);
        return () => {
          renders.vue++;
          return vueH('i', value.value);
        };
      },
    });
    const scope = effectScope();
    scope.run(() => {
      const value = useVueValue(count);
      watchEffect(() => {
        renders.scope += value.value >= 0 ? 1 : 0;
      }, { flush: 'sync' });
    });
    await settled();
    count.add(1);
    await settled();
    const before = { ...renders };
    react.unmount();
    vue.unmount();
    scope.stop();
    for (let i = 0; i < 3; i++) count.add(1);
    await settled();
    equal(renders, before);
  },

  async aComponentMayChangeItsHandle() {
    const kept = store('switch', { a: 'A', b: 'B' });
    let show;
    const react = mountReact(() => {
      const [path, setPath] = useState('/a');
      show = setPath;
      return h('i', null, useValue(kept.at(path)));
    });
    await settled();
    is(react.at.textContent, 'A');
    show('/b');
    await settled();
    is(react.at.textContent, 'B');
    kept.at('/a').set('AA');
    kept.at('/b').set('BB');
    await settled();
    is(react.at.textContent, 'BB');
    react.unmount();
  },

  async listsAndMapsReachVueAsTheyAre() {
    const kept = store('raw', { list: [{ n: 1 }] });
    const scope = effectScope();
    const value = scope.run(() => useVueValue(kept.at('/list')));
    is(value.value, kept.at('/list').value);
    is(Object.isFrozen(value.value), true);
    scope.stop();
  },
};

/** Runs all cases one after the other; a line "ok name" or "FAIL name: reason" for each. */
export async function runAdapters() {
  const lines = [];
  for (const [name, work] of Object.entries(cases)) {
    try {
      await work();
      lines.push(`ok ${name}`);
    } catch (error) {
      lines.push(`FAIL ${name}: ${error.message}`);
    }
  }
  return lines;
}
