// The page's side of the README; the build type-checks it.
// [react]
import { connect, start, store } from '@gaesup/state';
import { useValue } from '@gaesup/state/react';

await start();
const cart = store('cart', { count: 0 });
connect('/', { stores: [cart] }); // this line makes it live, shared and durable

export function Count() {
  const count = cart.at('/count');
  return <button onClick={() => count.add(1)}>{useValue(count)}</button>;
}
// [react]
