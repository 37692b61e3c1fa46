/** The server processes, and how each of them is. */
import type { SystemNode } from '@pms/contract'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { Ago, Since } from '../../ui/time.tsx'
import { fileSize } from '../../ui/words.ts'
import { Cell, Line, Name, SystemTable } from './table.tsx'
import { percent } from './words.ts'

const STATES: Record<SystemNode['state'], { tone: Tone; label: string }> = {
  up: { tone: 'done', label: 'Up' },
  silent: { tone: 'overdue', label: 'Silent' },
  stopped: { tone: 'neutral', label: 'Stopped' },
}

const COLUMNS = ['Server', 'State', 'Since', 'Connections', 'People', 'Bus', 'Memory', 'Computing']

export const Nodes = ({ nodes }: { nodes: readonly SystemNode[] }) => (
  <SystemTable id="servers" title="Servers" columns={COLUMNS}>
    {nodes.map(node => (
      <NodeLine key={node.id} node={node} />
    ))}
  </SystemTable>
)

function NodeLine({ node }: { node: SystemNode }) {
  const { tone, label } = STATES[node.state]
  const isUp = node.state === 'up'
  const ifUp = (text: string | number) => (isUp ? text : <None />)
  return (
    <Line>
      <Name>
        {node.name}
        <span className="block text-xs font-normal text-muted">
          {node.version}
          {node.answers && ' · answers this page'}
        </span>
      </Name>
      <Cell label="State">
        <Pill tone={tone}>{label}</Pill>
      </Cell>
      <Cell label={isUp ? 'Up' : 'Seen'}>
        {isUp ? <Since at={node.started_at} /> : <Ago at={node.seen_at} />}
      </Cell>
      <Cell label="Connections" short>
        {ifUp(node.connections)}
      </Cell>
      <Cell label="People" short>
        {ifUp(node.users)}
      </Cell>
      <Cell label="Bus" short>
        {ifUp(node.bus_connected ? 'connected' : 'away')}
      </Cell>
      <Cell label="Memory" short>
        {ifUp(fileSize(node.memory_bytes))}
      </Cell>
      <Cell label="Computing" short>
        {ifUp(percent(node.busy))}
      </Cell>
    </Line>
  )
}

export const None = () => (
  <>
    <span aria-hidden="true" className="text-subtle">
      –
    </span>
    <span className="sr-only">none</span>
  </>
)
