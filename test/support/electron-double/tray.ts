import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, NotificationConstructorOptions } from 'electron';

interface MenuLike {
  readonly template: readonly MenuItemConstructorOptions[];
}

/** A picture, as far as a tray takes one. */
export class NativeImageDouble {
  createFromDataURL(url: string): { isEmpty(): boolean } {
    return { isEmpty: () => !url.startsWith('data:image/png;base64,') };
  }
}

export class NotificationDouble extends EventEmitter {
  readonly title: string;
  readonly body: string;
  isShown = false;

  constructor({ title = '', body = '' }: NotificationConstructorOptions) {
    super();
    this.title = title;
    this.body = body;
  }

  show(): void {
    this.isShown = true;
  }
}

/** `Notification` of one program, with every one that it made. */
export type NotificationClass = (new (
  options: NotificationConstructorOptions,
) => NotificationDouble) & {
  readonly made: NotificationDouble[];
  isSupported(): boolean;
};

export function notificationClass(): NotificationClass {
  const made: NotificationDouble[] = [];
  return class extends NotificationDouble {
    static readonly made = made;
    static isSupported = () => true;
    constructor(options: NotificationConstructorOptions) {
      super(options);
      made.push(this);
    }
  };
}

export class TrayDouble extends EventEmitter {
  menu: MenuLike | null = null;
  toolTip = '';
  gone = false;

  constructor(image: { isEmpty(): boolean }) {
    super();
    // Electron throws for a picture that it cannot read.
    if (image.isEmpty()) throw new Error('Failed to load image from path');
  }

  setContextMenu(menu: MenuLike | null): void {
    this.menu = menu;
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  destroy(): void {
    this.gone = true;
  }

  isDestroyed(): boolean {
    return this.gone;
  }
}

export type TrayClass = (new (image: { isEmpty(): boolean }) => TrayDouble) & { readonly made: TrayDouble[] };

export function trayClass(): TrayClass {
  const made: TrayDouble[] = [];
  return class extends TrayDouble {
    static readonly made = made;
    constructor(image: { isEmpty(): boolean }) {
      super(image);
      made.push(this);
    }
  };
}
