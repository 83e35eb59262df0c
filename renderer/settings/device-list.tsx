import { MonitorX, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Device } from '../../contract/server-administration.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { Loaded } from '../design/state-note.tsx';
import { formatRoute } from '../app/router.ts';
import { t } from '../texts/t.ts';

const NOTHING = {} as const;

/** The devices of the account: each has a key of its own, made on it, that never leaves it. */
export function DeviceList() {
  const { name, roles } = useAccount();
  const [answer, reload] = useAnswer('devices.list', NOTHING);
  useServerReturn(reload);
  const [leaving, setLeaving] = useState<Device | null>(null);
  return (
    <section className="section" aria-labelledby="devices">
      <h2 id="devices">
        <span className="grow">{t.settings.devicesOf(name)}</span>
        <Button tone="quiet" icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
      </h2>
      <Loaded of={answer} what={t.settings.yourDevices} onRetry={reload}>
        {({ devices, thisDeviceId }) => (
          <ul className="lines" aria-label={t.settings.devices}>
            {[...devices]
              .sort((a, b) => b.createdAtMs - a.createdAtMs)
              .map(device => (
                <li key={device.id} className="line">
                  <div className="grow">
                    <p className="row">
                      <strong className="break">{device.name}</strong>
                      {device.id === thisDeviceId && <Badge tone="ok">{t.settings.thisOne}</Badge>}
                      {device.revokedAtMs !== null && (
                        <Badge>{t.settings.revokedAt(dateAndTime(device.revokedAtMs))}</Badge>
                      )}
                    </p>
                    <p className="small muted break">
                      {t.settings.enrolledAt(
                        dateAndTime(device.createdAtMs),
                        <span className="mono">{device.id}</span>,
                      )}
                    </p>
                  </div>
                  {device.revokedAtMs === null && device.id !== thisDeviceId && (
                    <Button
                      icon={MonitorX}
                      aria-label={t.settings.revokeDevice(device.name)}
                      onPress={() => setLeaving(device)}
                    >
                      {t.settings.revoke}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {roles.includes('reviewer') && (
        <p className="small muted">
          {t.settings.otherKey(<a href={formatRoute({ view: 'keys' })}>{t.places.keys}</a>)}
        </p>
      )}
      {leaving !== null && (
        <RevokeDialog device={leaving} onClose={() => setLeaving(null)} onRevoked={reload} />
      )}
    </section>
  );
}

interface RevokeDialogProps {
  readonly device: Device;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

function RevokeDialog({ device, onClose, onRevoked }: RevokeDialogProps) {
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [reason, setReason] = useState('');
  const revoke = async () => {
    const revoked = await run(() => bridge.request('devices.revoke', { deviceId: device.id, reason }));
    if (revoked === null) return;
    notices.add('info', t.settings.isRevoked(device.name));
    onRevoked();
    onClose();
  };
  return (
    <ModalDialog title={t.settings.revokeDevice(device.name)} role="alertdialog" onClose={onClose}>
      <p>{t.settings.revokeMeans}</p>
      <TextField
        label={t.common.reason}
        value={reason}
        onChange={setReason}
        placeholder={t.settings.revokeReasons}
        hint={t.common.standsInLog}
        maxLength={1000}
        isRequired
        autoFocus
      />
      <div className="actions">
        <Button onPress={onClose}>{t.common.cancel}</Button>
        <Button
          tone="danger"
          isDisabled={reason.trim() === ''}
          isPending={isBusy}
          onPress={() => void revoke()}
        >
          {t.settings.revokeNow}
        </Button>
      </div>
    </ModalDialog>
  );
}
