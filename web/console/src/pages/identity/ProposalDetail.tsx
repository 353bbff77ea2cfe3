import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMergePreview } from "../../api/identity";
import { useMember } from "../../api/members";
import { type Proposal, useDecide } from "../../api/proposals";
import type { Member } from "../../api/types";
import { useCan } from "../../app/session";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { Evidence } from "./Evidence";
import styles from "./identity.module.css";
import { Moving } from "./Moving";
import { nameOf } from "./names";
import { SideBySide } from "./SideBySide";
import { useKeys } from "./useKeys";

/** Two members side by side, why they may be one, and what saying so would do. */
export function ProposalDetail({ proposal }: { proposal: Proposal }) {
  const a = useMember(proposal.a.id);
  const b = useMember(proposal.b.id);
  const error = a.error ?? b.error;
  return (
    <div className={styles.detail}>
      <Evidence proposal={proposal} />
      {a.data && b.data ? (
        <Compared proposal={proposal} a={a.data} b={b.data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => Promise.all([a.refetch(), b.refetch()])} />
      ) : (
        <BlockSkeleton lines={8} />
      )}
    </div>
  );
}

function Compared({ proposal, a, b }: { proposal: Proposal; a: Member; b: Member }) {
  const { t } = useTranslation();
  const [first, second] = byAge(a, b);
  return (
    <>
      {a.id !== b.id && <SideBySide members={[first, second]} />}
      {proposal.status === "open" ? (
        <Deciding proposal={proposal} survivor={first} absorbed={second} />
      ) : (
        <p className="small muted">
          {t(`identity.status.${proposal.status}`)} · <When at={proposal.decided_at} />
        </p>
      )}
    </>
  );
}

/** The one who joined first stays. */
function byAge(a: Member, b: Member): [Member, Member] {
  const order = a.joined_at.localeCompare(b.joined_at) || a.id.localeCompare(b.id);
  return order <= 0 ? [a, b] : [b, a];
}

interface Pair {
  proposal: Proposal;
  survivor: Member;
  absorbed: Member;
}

function Deciding({ proposal, survivor, absorbed }: Pair) {
  const { t } = useTranslation();
  const may = useCan()("identity.write");
  const format = useFormat();
  const words = useProblemWords();
  const { message } = App.useApp();
  const one = survivor.id === absorbed.id;
  const preview = useMergePreview(one ? null : { survivor: survivor.id, absorbed: absorbed.id });
  const decide = useDecide();
  const refused = preview.data?.refused;
  // Until it has left the list it is decided already.
  const said = decide.isPending || decide.isSuccess;
  const blocked = (!one && !preview.data) || Boolean(refused) || said;
  // The next one may be looked at by the time the answer comes.
  const say = (accept: boolean) =>
    void decide.mutateAsync({ id: proposal.id, accept }).then(
      () => void message.success(t(accept ? "identity.didAccept" : "identity.didRefuse")),
      (error) => void message.error(words(error).detail),
    );
  const accept = () => !blocked && say(true);
  const refuse = () => !said && say(false);
  useKeys(may ? { a: accept, r: refuse } : {});
  return (
    <Panel title={t("identity.ifOne")}>
      {one ? (
        <p className={styles.lead}>{t("identity.oneAlready")}</p>
      ) : preview.error ? (
        <Alert type="warning" showIcon title={words(preview.error).detail} />
      ) : refused ? (
        <Alert type="warning" showIcon role="alert" title={format.text(refused.message)} />
      ) : preview.data ? (
        <>
          <p className={styles.lead}>
            {t("identities.willMerge", { absorbed: nameOf(absorbed), survivor: nameOf(survivor) })}
          </p>
          <Moving rows={preview.data.moving} />
        </>
      ) : (
        <BlockSkeleton lines={2} />
      )}
      {may && (
        <div className={styles.decide}>
          <Button onClick={refuse} aria-keyshortcuts="R" disabled={said}>
            {t("identity.refuse")} <kbd>R</kbd>
          </Button>
          <Button type="primary" onClick={accept} aria-keyshortcuts="A" disabled={blocked}>
            {t("identity.accept")} <kbd>A</kbd>
          </Button>
          <span className="small muted">{t("identity.keys")}</span>
        </div>
      )}
    </Panel>
  );
}
