import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';

export type ButtonTone = 'primary' | 'danger' | 'plain' | 'quiet';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'isPending'> {
  readonly tone?: ButtonTone;
  readonly icon?: LucideIcon;
  /** what it started is under way: it keeps the focus and does nothing until that is done */
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

const ICON_PX = 16;

export function Button({ tone = 'plain', icon: Icon, isPending = false, children, ...props }: ButtonProps) {
  const { onPress, type, ...rest } = props;
  const active = {
    ...(onPress === undefined ? {} : { onPress }),
    ...(type === undefined ? {} : { type }),
  };
  return (
    <AriaButton
      {...rest}
      {...(isPending ? {} : active)}
      className="button"
      data-tone={tone}
      data-busy={isPending}
    >
      {Icon && <Icon size={ICON_PX} aria-hidden />}
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  readonly tone?: ButtonTone;
  readonly icon: LucideIcon;
  /** the accessible name, and what the tooltip says */
  readonly label: string;
  /** shown in the tooltip after the name, e.g. `Ctrl+Shift+F` */
  readonly keys?: string;
}

export function IconButton({ tone = 'quiet', icon: Icon, label, keys, ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...props} aria-label={label} className="button" data-tone={tone} data-size="icon">
        <Icon size={ICON_PX} aria-hidden />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys !== undefined && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
