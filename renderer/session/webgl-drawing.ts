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
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // no WebGL 2 here: the DOM renderer is already drawing
  }
}

/** Without a GPU, browsers draw WebGL by the processor, which is slower than the DOM. */
function isDrawnByProcessor(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  const facts = probe?.getExtension('WEBGL_debug_renderer_info');
  if (!probe || !facts) return false;
  const renderer = String(probe.getParameter(facts.UNMASKED_RENDERER_WEBGL));
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}
