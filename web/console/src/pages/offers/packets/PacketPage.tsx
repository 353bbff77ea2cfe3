import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { PACKETS } from "../../../api/packets";
import type { PacketDetail } from "../../../api/types";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { useSpeakers } from "../../../parts/useSpeakers";
import { SaidList } from "../SentenceCard";
import { EditorFrame } from "../shelf/EditorFrame";
import { UsePanel } from "../shelf/UsePanel";
import { useNameOf } from "../shelf/useOfferColumns";
import { useOfferForm } from "../shelf/useOfferForm";
import { WrittenPage } from "../shelf/WrittenPage";
import { freshCode } from "../terms/body";
import { GrantButton } from "./GrantButton";
import { PacketSections } from "./PacketSections";
import { sayPacket } from "./sayPacket";
import { TakesBack } from "./TakesBack";
import { NEW_PACKET, type PacketValues, packetBodyOf } from "./values";

/** A red packet campaign. */
export default function PacketPage() {
  return <WrittenPage shelf={PACKETS} editor={Editor} />;
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
    <EditorFrame
      shelf={PACKETS}
      before={before}
      offer={offer}
      initial={initial}
      name={name}
      fresh={t("packets.new")}
      sentence={said}
      actions={
        before?.status === "published" &&
        before.kind !== "shared" &&
        can("coupons.issue") && <GrantButton campaign={before} name={name} />
      }
      aside={
        <>
          <Panel title={t("offer.say.title")}>{said}</Panel>
          {values.kind === "after_purchase" && <TakesBack />}
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
