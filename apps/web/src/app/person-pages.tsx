/** The pages of a person with their work and the days on which they are away. The one place where these features meet. */
import { Absences } from '../features/delegations/absences.tsx'
import { GoalsOf } from '../features/goals/goal-parts.tsx'
import { InitiativesOf } from '../features/initiatives/initiatives-of.tsx'
import { PersonPage, ProfilePage } from '../features/people/person-page.tsx'

export const Person = () => <PersonPage absences={Absences} work={[GoalsOf, InitiativesOf]} />
export const Profile = () => <ProfilePage absences={Absences} />
