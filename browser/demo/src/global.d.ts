/** Rings of the continents, each longitude, latitude, longitude, …, in tenths of a degree; made by the build. */
declare module 'gaesup-demo:land' {
  const land: readonly (readonly number[])[];
  export default land;
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
