import { Drawer, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  PROPOSAL_STATUSES,
  PROPOSED_BY,
  type Proposal,
  type ProposalStatus,
  useProposals,
} from "../../api/proposals";
import { Pager } from "../../parts/Pager";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import styles from "./identity.module.css";
import { ProposalDetail } from "./ProposalDetail";
import { ProposalItem } from "./ProposalItem";
import { useKeys } from "./useKeys";

const LIMIT = 50;
const NAMES = ["status", "cause"] as const;

/** Who may be one person: the list beside the one that is looked at; on a phone, above it. */
export function ProposalsTab() {
  const { t } = useTranslation();
  const label = useLabel();
  const { filters, setFilters } = useFilters(NAMES);
  const status = PROPOSAL_STATUSES.find((each) => each === filters.status) ?? "open";
  const cause = PROPOSED_BY.find((each) => each === filters.cause);
  const cursor = useCursor([status, cause]);
  const query = useProposals({ status, cause, limit: LIMIT, cursor: cursor.cursor });
  return (
    <>
      <div className={styles.bar}>
        <Segmented<ProposalStatus>
          value={status}
          options={PROPOSAL_STATUSES.map((value) => ({ value, label: t(`identity.status.${value}`) }))}
          onChange={(next) => setFilters({ status: next === "open" ? "" : next })}
        />
        <Select
          allowClear
          value={cause ?? null}
          placeholder={t("identity.anyCause")}
          aria-label={t("identity.anyCause")}
          style={{ width: 150 }}
          options={PROPOSED_BY.map((value) => ({ value, label: label("proposalCause", value) }))}
          onChange={(value: string | null) => setFilters({ cause: value ?? "" })}
        />
      </div>
      {query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !query.data ? (
        <ListSkeleton columns={2} />
      ) : query.data.items.length === 0 ? (
        <EmptyState
          filtered={cause !== undefined}
          onClear={() => setFilters({ cause: "" })}
          title={t(`identity.none.${status}`)}
          hint={status === "open" ? t("identity.noneHint") : undefined}
        />
      ) : (
        <>
          <Queue key={`${status} ${cause}`} items={query.data.items} />
          <Pager
            cursor={cursor}
            next={query.data.next_cursor}
            limit={LIMIT}
            shown={query.data.items.length}
          />
        </>
      )}
    </>
  );
}

/**
 * Whoever is decided leaves the list, and the next one takes the place. Else the one that is looked at stays, wherever
 * in the list it comes to be: a key must not decide another one.
 */
function Queue({ items }: { items: Proposal[] }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [looked, setLooked] = useState<{ at: number; id: string | undefined }>({ at: 0, id: undefined });
  const [open, setOpen] = useState(false);
  const here = items.findIndex(({ id }) => id === looked.id);
  const shown = here >= 0 ? here : Math.min(looked.at, items.length - 1);
  const proposal = items[shown];
  if (proposal && (proposal.id !== looked.id || shown !== looked.at))
    setLooked({ at: shown, id: proposal.id });
  const look = (at: number) => setLooked({ at, id: items[at]?.id });
  const step = (by: number) => look(Math.max(0, Math.min(shown + by, items.length - 1)));
  useKeys({ ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1) });
  const list = (
    <ul className={styles.queue} aria-label={t("identity.tab.proposals")}>
      {items.map((each, index) => (
        <li key={each.id}>
          <ProposalItem
            proposal={each}
            current={!phone && index === shown}
            onOpen={() => {
              look(index);
              setOpen(true);
            }}
          />
        </li>
      ))}
    </ul>
  );
  if (!proposal) return null;
  const detail = <ProposalDetail key={proposal.id} proposal={proposal} />;
  if (!phone)
    return (
      <div className={styles.review}>
        {list}
        {detail}
      </div>
    );
  return (
    <>
      {list}
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="88%"
        title={t("identity.compare")}
        destroyOnHidden
      >
        {detail}
      </Drawer>
    </>
  );
}
