/*
 * Builds the demo page into a folder: bundles React, Vue, the package and the page, and puts the engine beside them.
 * The recorded data goes to another folder, for the replayer.
 */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { feature } from 'topojson-client';
import { compileScript, parse } from 'vue/compiler-sfc';

const home = import.meta.dirname;
const recorded = join(home, '../node_modules/vega-datasets/data');

/** Writes the page to `page` and the data to `data`; `engines` is where the package's engine files are. */
export async function build({ page, data, engines }) {
  for (const folder of [page, data]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  await esbuild.build({
    entryPoints: [join(home, 'src/main.ts')],
    outdir: page,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    chunkNames: 'chunk-[hash]',
    tsconfig: join(home, 'tsconfig.json'),
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [vue, land],
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'style.css', 'icon.svg']) cpSync(join(home, file), join(page, file));
  cpSync(join(engines, 'engine.wasm'), join(page, 'engine.wasm'));
  cpSync(join(home, 'stores.json'), join(data, 'stores.json'));
  for (const file of ['earthquakes.json', 'flights-5k.json']) cpSync(join(recorded, file), join(data, file));
}

/** Single-file components with `<script setup lang="ts">`; templates become functions here, since the page may not eval. */
const vue = {
  name: 'vue',
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor, errors } = parse(readFileSync(path, 'utf8'), { filename: path });
      if (errors.length > 0) return { errors: errors.map((error) => ({ text: `${path}: ${error.message}` })) };
      const script = compileScript(descriptor, { id: path, inlineTemplate: true, isProd: true });
      return { contents: script.content, loader: 'ts' };
    });
  },
};

/** The continents as rings of whole tenths of a degree: a few kilobytes instead of a library in the page. */
const land = {
  name: 'land',
  setup(build) {
    build.onResolve({ filter: /^gaesup-demo:land$/ }, ({ path }) => ({ path, namespace: 'land' }));
    build.onLoad({ filter: /.*/, namespace: 'land' }, () => {
      const world = JSON.parse(readFileSync(join(recorded, 'world-110m.json'), 'utf8'));
      const shape = feature(world, world.objects.land);
      const geometries = shape.type === 'FeatureCollection' ? shape.features.map((each) => each.geometry) : [shape.geometry];
      const rings = geometries.flatMap((each) => (each.type === 'Polygon' ? each.coordinates : each.coordinates.flat()));
      return { contents: JSON.stringify(rings.map((ring) => ring.flat().map((degrees) => Math.round(degrees * 10)))), loader: 'json' };
    });
  },
};
