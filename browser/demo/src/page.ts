/* The page itself; loaded when the engine runs, because stores are made as modules load. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp } from 'vue';
import { showHead } from './head.js';
import { Live } from './live.js';
import { arrive } from './people.js';
import { Panel } from './react/Panel.js';
import VuePanel from './vue/Panel.vue';

export function show(): void {
  const live = new Live((error) => console.warn(error.message));
  showHead(live);
  createRoot(document.getElementById('react')!).render(createElement(Panel));
  createApp(VuePanel).mount('#vue');
  arrive(live.connection);
}
