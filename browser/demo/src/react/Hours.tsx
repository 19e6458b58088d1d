import { useValue } from '@gaesup/state/react';
import { memo } from 'react';
import { number, time } from '../format.js';
import { type Hour, flightsTotal, hours, lastFlight } from '../stores.js';

const HEIGHT = 60;
const STEP = 10;

export function Hours() {
  const all = useValue(hours);
  const total = useValue(flightsTotal);
  const last = useValue(lastFlight);
  const most = Math.max(1, ...all.map((hour) => hour.flights));
  return (
    <section className="card chart" aria-labelledby="hours-title">
      <header>
        <h3 id="hours-title">Flights by hour of departure</h3>
        <p className="aside">
          <b data-test="react-flights">{number(total)}</b>
          {last.origin && ` · ${last.origin} → ${last.destination}, ${time(last.time)}`}
        </p>
      </header>
      <svg viewBox={`0 0 ${24 * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Flights by hour, late ones marked">
        {all.map((hour, at) => (
          <Bar key={at} hour={hour} at={at} scale={HEIGHT / most} />
        ))}
      </svg>
      <p className="axis" aria-hidden="true">
        {[0, 6, 12, 18].map((hour) => (
          <span key={hour}>{hour}:00</span>
        ))}
      </p>
    </section>
  );
}

/** An hour that did not change is the same object as before, so its bar is not drawn again. */
const Bar = memo(({ hour, at, scale }: { hour: Hour; at: number; scale: number }) => {
  const late = hour.late * scale;
  const punctual = (hour.flights - hour.late) * scale;
  return (
    <>
      <rect className="punctual" x={at * STEP + 1} width={STEP - 2} y={HEIGHT - punctual} height={punctual} />
      <rect className="late" x={at * STEP + 1} width={STEP - 2} y={HEIGHT - punctual - late} height={late} />
    </>
  );
});
