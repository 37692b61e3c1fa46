/** The way between the forms for a goal of one's own and one for the team. */
import { Segments } from '../../ui/segments.tsx'

export const WhoseGoal = ({ current }: { current: 'own' | 'team' }) => (
  <Segments
    label="Whose goal"
    items={[
      { to: '/goals/new', label: 'For me', current: current === 'own' },
      { to: '/goals/assign', label: 'For my team', current: current === 'team' },
    ]}
  />
)
