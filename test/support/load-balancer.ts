import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What stands in front of several instances: each connection goes to the next one that takes it. */
export interface LoadBalancer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startLoadBalancer(urls: readonly string[]): Promise<LoadBalancer> {
  const ports = urls.map(url => Number(new URL(url).port));
  const sockets = new Set<Socket>();
  let next = 0;

  function bind(client: Socket, tries: number): void {
    next += 1;
    const port = ports[next % ports.length];
    if (port === undefined || tries === 0) return void client.destroy();
    const upstream = connect({ host: '127.0.0.1', port });
    sockets.add(upstream);
    let isConnected = false;
    upstream.on('connect', () => {
      isConnected = true;
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => (isConnected ? undefined : bind(client, tries - 1)));
    upstream.on('close', () => {
      sockets.delete(upstream);
      if (isConnected) client.destroy();
    });
    client.on('close', () => upstream.destroy());
    return undefined;
  }

  const server = createServer(client => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.on('close', () => sockets.delete(client));
    bind(client, ports.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
