import { useValue } from '@gaesup/state/react';
import { number } from '../format.js';
import { COLOURS, count, edit, form } from '../stores.js';

const ME = 'React';

export function SharedForm() {
  const { name, note, colour, by } = useValue(form);
  return (
    <section className="card shared" aria-label="Shared counter and form, drawn by React">
      <Counter />
      <div className="fields">
        <label>
          <span>Name</span>
          <input data-test="react-name" placeholder="Anybody" value={name} maxLength={60} onChange={(e) => edit('name', e.target.value, ME)} />
        </label>
        <label>
          <span>Note</span>
          <input data-test="react-note" placeholder="Type here, read it there" value={note} maxLength={200} onChange={(e) => edit('note', e.target.value, ME)} />
        </label>
        <fieldset className="swatches">
          <legend>Colour</legend>
          {COLOURS.map((each) => (
            <label key={each} title={each} data-colour={each}>
              <input
                type="radio"
                name="react-colour"
                aria-label={each}
                checked={each === colour}
                onChange={() => edit('colour', each, ME)}
              />
            </label>
          ))}
          <span className="by">{by && `last edit: ${by}`}</span>
        </fieldset>
      </div>
    </section>
  );
}

function Counter() {
  const value = useValue(count);
  return (
    <div className="counter">
      <button type="button" aria-label="one less" data-test="react-less" onClick={() => count.add(-1)}>−</button>
      <output data-test="react-count" aria-label="shared counter">{number(value)}</output>
      <button type="button" aria-label="one more" data-test="react-more" onClick={() => count.add(1)}>+</button>
    </div>
  );
}
