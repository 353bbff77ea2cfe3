import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { PACKETS } from "../../../api/packets";
import { useWritten } from "../../../api/shelf";
import type { PacketDetail } from "../../../api/types";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { PageSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useSpeakers } from "../../../parts/useSpeakers";
import { SaidList } from "../SentenceCard";
import { EditorFrame } from "../shelf/EditorFrame";
import { LifeActions } from "../shelf/LifeActions";
import { UsePanel } from "../shelf/UsePanel";
import { useNameOf } from "../shelf/useOfferColumns";
import { useOfferForm } from "../shelf/useOfferForm";
import { freshCode } from "../terms/body";
import { GrantButton } from "./GrantButton";
import { PacketSections } from "./PacketSections";
import { sayPacket } from "./sayPacket";
import { NEW_PACKET, type PacketValues, packetBodyOf } from "./values";

/** A red packet campaign. */
export default function PacketPage() {
  const { id } = useParams();
  const found = useWritten(PACKETS, id === "new" ? undefined : id);
  if (id === "new") return <Editor key="new" before={null} />;
  if (found.isPending) return <PageSkeleton />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  return <Editor key={id} before={found.data} />;
}

function Editor({ before }: { before: PacketDetail | null }) {
  const { t } = useTranslation();
  const can = useCan();
  const nameOf = useNameOf();
  const speakers = useSpeakers();
  const offer = useOfferForm(PACKETS, before, packetBodyOf);
  const initial = before ? (before as PacketValues) : { ...NEW_PACKET, code: freshCode("R") };
  const values = (Form.useWatch([], { form: offer.form, preserve: true }) ?? initial) as PacketValues;
  const published = before?.published_at != null;
  const name = before ? nameOf(before) : "";
  const said = <SaidList said={speakers.map((speaker) => [speaker.language, sayPacket(values, speaker)])} />;
  return (
    <EditorFrame<PacketValues>
      title={before ? name : t("packets.new")}
      back="/red-packets"
      status={before?.status ?? null}
      form={offer.form}
      initial={initial}
      problems={offer.dirty ? [] : (before?.problems ?? [])}
      dirty={offer.dirty}
      busy={offer.busy}
      error={offer.error}
      readOnly={!can("offers.write") || before?.status === "ended"}
      onTouch={offer.touch}
      onSave={() => void offer.submit()}
      life={
        before && (
          <>
            {before.status === "published" && before.kind !== "shared" && can("coupons.issue") && (
              <GrantButton campaign={before} name={name} />
            )}
            <LifeActions
              shelf={PACKETS}
              offer={before}
              name={name}
              sentence={said}
              settle={async () => !offer.dirty || (await offer.submit()) !== null}
            />
          </>
        )
      }
      aside={
        <>
          <Panel title={t("offer.say.title")}>{said}</Panel>
          {before && published && (
            <UsePanel
              uses={before.given}
              usesOf={null}
              spent={before.spent_minor}
              spentOf={before.budget_minor}
            />
          )}
        </>
      }
    >
      <PacketSections fixed={published} />
    </EditorFrame>
  );
}
