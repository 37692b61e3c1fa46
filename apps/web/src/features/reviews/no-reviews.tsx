/** What a list of reviews says when there is none. */
import { ClipboardCheck, SearchX, Users } from 'lucide-react'
import { Empty } from '../../ui/messages.tsx'
import { isFiltered, type ReviewFilters } from './filters.ts'

export function NoReviews({ filters }: { filters: ReviewFilters }) {
  if (isFiltered(filters))
    return (
      <Empty icon={SearchX} title="No review matches">
        Clear the filters to see them all.
      </Empty>
    )
  switch (filters.scope) {
    case 'about_me':
      return (
        <Empty icon={ClipboardCheck} title="No reviews about you yet">
          Your self review and the review of your supervisor are listed here. What peers write stays without
          names: you find it in your results.
        </Empty>
      )
    case 'team':
      return (
        <Empty icon={Users} title="No reviews of your team yet">
          When a review cycle begins, every review of the people below you is listed here.
        </Empty>
      )
    default:
      return (
        <Empty icon={ClipboardCheck} title="Nothing to write">
          Reviews that you are asked to write arrive here when a review cycle begins.
        </Empty>
      )
  }
}
