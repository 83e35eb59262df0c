import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  FieldError,
  Group,
  Input,
  Label,
  NumberField as AriaNumberField,
  Switch as AriaSwitch,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  /** what is wrong with the value; marks the field as invalid */
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'url' | 'search';
  readonly isRequired?: boolean;
  readonly isMultiline?: boolean;
  readonly isLabelHidden?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error = null, isMultiline = false, isLabelHidden = false, placeholder } = props;
  const holder = placeholder === undefined ? {} : { placeholder };
  const length = props.maxLength === undefined ? {} : { maxLength: props.maxLength };
  return (
    <AriaTextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? 'text'}
      isRequired={props.isRequired ?? false}
      isInvalid={error !== null}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      autoComplete="off"
      spellCheck="false"
      {...length}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : ''}>{label}</Label>
      {isMultiline ? <TextArea className="input" {...holder} /> : <Input className="input" {...holder} />}
      {hint !== undefined && error === null && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="error">{error}</FieldError>
    </AriaTextField>
  );
}

interface SwitchProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

export function Switch({ children, isDisabled = false, ...props }: SwitchProps) {
  return (
    <AriaSwitch className="switch" isDisabled={isDisabled} {...props}>
      <span className="track" aria-hidden />
      <span>{children}</span>
    </AriaSwitch>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least: number;
  readonly most: number;
  readonly isLabelHidden?: boolean;
}

/** A whole number within limits; it is taken over when the field is left, and put right where it is out of them. */
export function NumberField({
  label,
  value,
  onChange,
  least,
  most,
  isLabelHidden = false,
}: NumberFieldProps) {
  return (
    <AriaNumberField
      className="field number-field"
      value={value}
      minValue={least}
      maxValue={most}
      step={1}
      onChange={next => {
        if (Number.isFinite(next)) onChange(next);
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : ''}>{label}</Label>
      <Group className="number-group">
        <Button slot="decrement" className="button" data-size="icon">
          <Minus size={14} aria-hidden />
        </Button>
        <Input className="input" />
        <Button slot="increment" className="button" data-size="icon">
          <Plus size={14} aria-hidden />
        </Button>
      </Group>
    </AriaNumberField>
  );
}
