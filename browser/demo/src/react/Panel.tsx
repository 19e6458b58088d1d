import { Hours } from './Hours.js';
import { Quakes } from './Quakes.js';
import { SharedForm } from './SharedForm.js';

export function Panel() {
  return (
    <>
      <h2 className="framework react">
        <span className="badge">React</span> draws this side
      </h2>
      <Quakes />
      <SharedForm />
      <Hours />
    </>
  );
}
