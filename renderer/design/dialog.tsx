import type { CSSProperties, ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay, Popover } from 'react-aria-components';

interface ModalDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly widthRem?: number;
  /** where the content says by itself what it is; screen readers still get it */
  readonly isTitleHidden?: boolean;
  /** `alertdialog` where a person must answer before anything goes on */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A dialog over everything; Escape and a click beside it close it. Drawn only while it is open. */
export function ModalDialog(props: ModalDialogProps) {
  const { title, onClose, children, widthRem = 34, role = 'dialog', isTitleHidden = false } = props;
  // a custom property: React sets it through the CSSOM, which the CSP allows
  const width = { '--dialog-width': `${widthRem}rem` } as CSSProperties;
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="dialog" style={width}>
        <Dialog role={role}>
          <Heading slot="title" level={1} className={isTitleHidden ? 'visually-hidden' : ''}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface DisclosedProps {
  /** the button that opens it */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
}

/** A small dialog beside its button. */
export function Disclosed({ trigger, label, children }: DisclosedProps) {
  return (
    <DialogTrigger>
      {trigger}
      <Popover className="popover">
        <Dialog className="content" aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
