import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/**
 * The GPU draws several times faster. Without one, and from when the driver takes it away on (a crash, a sleep, more terminals than the
 * browser has contexts for), xterm.js draws with the DOM, which shows the same. Called once the terminal is open.
 */
export function drawWithWebgl(terminal: Terminal): void {
  if (isDrawnByProcessor()) return;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => {
      isByProcessor = null;
      webgl.dispose();
    });
    terminal.loadAddon(webgl);
  } catch {
    // no WebGL 2 here: the DOM renderer is already drawing
  }
}

/** Asked once, and anew when a context was lost: making a context to ask it keeps a new terminal waiting. */
let isByProcessor: boolean | null = null;

/** Without a GPU, browsers draw WebGL by the processor, which is slower than the DOM. */
function isDrawnByProcessor(): boolean {
  return (isByProcessor ??= probe());
}

function probe(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  const facts = context?.getExtension('WEBGL_debug_renderer_info');
  if (!context || !facts) return false;
  const renderer = String(context.getParameter(facts.UNMASKED_RENDERER_WEBGL));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}
