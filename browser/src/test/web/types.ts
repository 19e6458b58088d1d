// What the types promise: compiling this file is the test.
import { type Connection, Extension, type Handle, type Value, connect, store } from '@gaesup/state';
import { useValue } from '@gaesup/state/react';
import { useValue as useVueValue } from '@gaesup/state/vue';
import type { Ref } from 'vue';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const type = <A, B>(same: Same<A, B>): void => void same;

interface Cart {
  count: number;
  items: { name: string; price: number }[];
  note?: string;
}

const cart = store<Cart>('cart', { count: 0, items: [] });
const inferred = store('inferred', { deep: { flag: true } });

// The store's type leads to the type at a path.
type<typeof cart.value, Cart>(true);
const count = cart.at('/count');
type<typeof count, Handle<number>>(true);
const name = cart.at('/items/0/name');
type<typeof name.value, string>(true);
const note = cart.at('/note');
type<typeof note.value, string | undefined>(true);
const flag = inferred.at('/deep/flag');
type<typeof flag.value, boolean>(true);
const nowhere = cart.at('/nowhere');
type<typeof nowhere.value, unknown>(true);
const computed = cart.at<number>(`/prices/${Date.now()}`);
type<typeof computed.value, number>(true);

// Writing takes that type too.
count.set(1);
// @ts-expect-error a number is expected
count.set('1');
cart.at('/items').insert('-', { name: 'tea', price: 3 });
// @ts-expect-error a row has a price
cart.at('/items').insert(0, { name: 'tea' });
// @ts-expect-error a position is a number or '-'
cart.at('/items').insert('last', { name: 'tea', price: 3 });
// @ts-expect-error a value cannot be assigned, set it
count.value = 3;

// A batch returns what its function returns.
const result = cart.batch(() => 'done');
type<typeof result, string>(true);

// The adapters keep the type.
const react = useValue(count);
type<typeof react, number>(true);
const vue = useVueValue(name);
type<typeof vue, Ref<string>>(true);

const connection = connect('/', { stores: [cart, 'other'] });
type<typeof connection, Connection>(true);
type<typeof connection.status, 'connecting' | 'live' | 'offline' | 'closed'>(true);
// @ts-expect-error a connection is of stores
connect('/', {});

const values: Value[] = [null, true, 1, 1n, 'text', new Uint8Array(), new Date(), new Extension(5, new Uint8Array()), [1, ['two']], { a: { b: null } }];
// @ts-expect-error no store holds functions
values.push(() => 1);
