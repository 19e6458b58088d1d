import { useValue } from '@gaesup/state/react';
import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { magnitude, number, time } from '../format.js';
import { QuakeMap } from '../map.js';
import { others, point } from '../people.js';
import { form, people, quakes, selected, total } from '../stores.js';

export function Quakes() {
  const rows = useValue(quakes);
  const chosen = useValue(selected);
  const { colour } = useValue(form);
  const everyone = useValue(people);
  const guests = useMemo(() => others(everyone), [everyone]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<QuakeMap>(null);

  useEffect(() => {
    const made = new QuakeMap(canvas.current!);
    map.current = made;
    return () => made.close();
  }, []);
  useEffect(() => map.current?.show({ quakes: rows, selected: chosen, colour, people: guests }));

  const choose = (event: MouseEvent) => {
    const { offsetX, offsetY } = event.nativeEvent;
    selected.set(map.current?.find(offsetX, offsetY)?.id ?? '');
  };
  const follow = ({ nativeEvent }: PointerEvent) => {
    if (nativeEvent.pointerType === 'mouse') point(map.current?.place(nativeEvent.offsetX, nativeEvent.offsetY));
  };

  return (
    <section className="card quakes" aria-labelledby="map-title">
      <header>
        <h3 id="map-title">A week of earthquakes</h3>
        <Counts />
      </header>
      <canvas
        ref={canvas}
        className="map"
        role="img"
        aria-label="World map of the earthquakes that the table lists"
        onClick={choose}
        onPointerMove={follow}
        onPointerLeave={() => point(undefined)}
      />
      <Caption />
    </section>
  );
}

function Counts() {
  const rows = useValue(quakes);
  const all = useValue(total);
  return (
    <p className="aside">
      <b data-test="react-rows">{number(rows.length)}</b> on the map
      <span className="more"> · <b data-test="react-total">{number(all)}</b> so far</span>
    </p>
  );
}

/** The chosen quake, or else the newest one. */
function Caption() {
  const rows = useValue(quakes);
  const chosen = useValue(selected);
  const quake = rows.find((each) => each.id === chosen) ?? rows.at(-1);
  if (quake === undefined) return <p className="caption">Nothing yet.</p>;
  return (
    <p className="caption">
      <b className="magnitude">{magnitude(quake.magnitude)}</b>
      <span className="place">{quake.place}</span>
      <span className="when">{time(quake.time)}</span>
    </p>
  );
}
