import type { Scene } from '../scene.ts';

/** A way in which values get into a terminal. */
export interface Layout {
  readonly name: string;
  /** Writes one case of it. Nothing but the scene's random numbers decides how. */
  readonly write: (scene: Scene) => void;
  /** typed by the operator, character by character, as well as printed */
  readonly isTypable?: boolean;
}
