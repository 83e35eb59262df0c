import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ShippedPackage } from './packages.ts';

/** The parts of `npm sbom --sbom-format cyclonedx` that are changed here; the rest stays as npm wrote it. */
const Reference = z.looseObject({ type: z.string() });
const Component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  externalReferences: z.array(Reference).default([]),
});
const Bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: Component }),
  components: z.array(Component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

export interface BillOptions {
  /** what npm printed, of the whole installation */
  readonly npmBill: string;
  /** the program itself */
  readonly program: { readonly name: string; readonly version: string };
  /** which packages stay */
  readonly packages: readonly Pick<ShippedPackage, 'name' | 'version'>[];
  /** the runtime that the packages run in, such as Electron */
  readonly runtime: { readonly name: string; readonly version: string };
  /** the time in the bill, in milliseconds since 1970 */
  readonly madeAtMs: number;
}

/**
 * The bill of materials of what is shipped, CycloneDX JSON, out of npm's of the whole installation: the same packages and time give the same
 * bytes. It names no place that packages were fetched from. Throws where npm does not know a package.
 */
export function billOfMaterials({ npmBill, program, packages, runtime, madeAtMs }: BillOptions): string {
  const bill = Bill.parse(JSON.parse(npmBill));
  const root = `${program.name}@${program.version}`;
  const known = new Map(bill.components.map(each => [`${each.name}@${each.version}`, each]));
  const wanted = [...packages, runtime].map(({ name, version }) => {
    const component = known.get(`${name}@${version}`);
    if (component === undefined)
      throw new Error(
        `npm does not know ${name} ${version}, which is shipped. Run "npm ci" and build again.`,
      );
    return component;
  });
  const refs = new Set(wanted.map(each => each['bom-ref']));
  const components = wanted
    .map(each => ({
      ...each,
      scope: 'required',
      externalReferences: withoutDownloads(each),
    }))
    .sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const dependencies = [
    { ref: root, dependsOn: [...refs].sort() },
    ...bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(each => ({ ...each, dependsOn: each.dependsOn.filter(ref => refs.has(ref)).sort() }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  ];
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify([root, components]))}`;
  const metadata = {
    ...bill.metadata,
    timestamp: new Date(madeAtMs).toISOString(),
    component: {
      ...bill.metadata.component,
      name: program.name,
      version: program.version,
      type: 'application',
      externalReferences: withoutDownloads(bill.metadata.component),
    },
  };
  return `${JSON.stringify({ ...bill, serialNumber, metadata, components, dependencies }, null, 1)}\n`;
}

const withoutDownloads = ({ externalReferences }: z.infer<typeof Component>) =>
  externalReferences.filter(({ type }) => type !== 'distribution');

/** A UUID (version 8, RFC 9562: of our own making) that is the same for the same content. */
function uuidOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
