const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC',
});

export function number(value: number): string {
  return whole.format(value);
}

/** Such as "3 Feb, 14:05", in UTC. */
export function time(millis: number): string {
  return day.format(millis);
}

/** Such as "3.2 ms", "48 ms", "1.4 s". */
export function duration(millis: number): string {
  if (millis < 10) return `${millis.toFixed(1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  return `${(millis / 1000).toFixed(1)} s`;
}

export function magnitude(value: number): string {
  return value.toFixed(1).replace('-', '−');
}
